namespace Quantizer.Execution;

/// <summary>Time of one run, over <paramref name="Runs"/> interleaved runs.</summary>
/// <param name="MedianMilliseconds">What a user sees.</param>
/// <param name="MinimumMilliseconds">What the machine can do when nothing disturbs it.</param>
internal sealed record LatencyResult(double MedianMilliseconds, double MinimumMilliseconds, int Runs);
