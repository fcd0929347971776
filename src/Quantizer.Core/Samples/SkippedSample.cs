namespace Quantizer.Samples;

/// <summary>A sample that was left out, and why.</summary>
public sealed record SkippedSample(string Name, string Reason);
