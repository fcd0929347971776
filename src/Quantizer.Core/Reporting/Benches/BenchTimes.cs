namespace Quantizer.Reporting.Benches;

/// <summary>Times of one model's inferences.</summary>
/// <param name="MedianMs">What a user of the machine sees while it is as busy as it was.</param>
/// <param name="MinimumMs">What the machine can do when nothing disturbs it.</param>
/// <param name="SamplesPerSecond">By the median.</param>
/// <param name="Runs">How many were measured.</param>
internal sealed record BenchTimes(double MedianMs, double MinimumMs, double SamplesPerSecond, int Runs);
