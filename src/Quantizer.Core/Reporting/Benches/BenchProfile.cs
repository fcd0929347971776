namespace Quantizer.Reporting.Benches;

/// <summary>Where the time of one inference goes, by operators of ONNX Runtime's optimized graph.</summary>
/// <param name="Kernels">The one with the most time first.</param>
internal sealed record BenchProfile(string Path, int Threads, int Batch, IReadOnlyList<KernelTime> Kernels);

/// <summary>All nodes of an operator.</summary>
/// <param name="Nodes">How many.</param>
/// <param name="Milliseconds">Of one inference, each node's median summed up.</param>
/// <param name="Percent">Of the time of all operators.</param>
internal sealed record KernelTime(string Operator, int Nodes, double Milliseconds, double Percent);
