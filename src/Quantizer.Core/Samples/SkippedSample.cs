namespace Quantizer.Samples;

/// <summary>A sample that was left out, and why.</summary>
internal sealed record SkippedSample(string Name, string Reason);
