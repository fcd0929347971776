namespace Quantizer.Calibration;

/// <summary>A sample that could not be read.</summary>
/// <param name="Index">Its place in the source.</param>
/// <param name="Name">The source's name for it.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record SkippedSample(int Index, string Name, string Reason);
