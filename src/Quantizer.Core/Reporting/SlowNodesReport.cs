namespace Quantizer.Reporting;

/// <summary>Nodes that compute in float because their integers took longer than that on the processor of the run.</summary>
/// <param name="Nodes">As the graph names them.</param>
/// <param name="Before">How many times faster than FP32 the network was with them in integers.</param>
/// <param name="After">How many times faster it is without.</param>
public sealed record SlowNodesReport(IReadOnlyList<string> Nodes, double Before, double After);
