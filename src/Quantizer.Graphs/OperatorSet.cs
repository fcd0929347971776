namespace Quantizer.Graphs;

/// <summary>An imported operator set; domain "" is the standard one.</summary>
internal sealed record OperatorSet(string Domain, long Version);
