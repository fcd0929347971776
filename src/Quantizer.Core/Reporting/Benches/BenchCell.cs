namespace Quantizer.Reporting.Benches;

/// <summary>Times with a number of threads and a batch.</summary>
/// <param name="Threads">Inside one inference.</param>
/// <param name="Batch">Samples per inference.</param>
/// <param name="Times">Of each model, from interleaved runs.</param>
/// <param name="Ratio">How many times faster the second is; null of one model.</param>
internal sealed record BenchCell(int Threads, int Batch, IReadOnlyList<BenchTimes> Times, BenchRatio? Ratio);
