namespace Quantizer.Execution;

/// <summary>A node that ONNX Runtime runs, as its profile tells of it.</summary>
/// <param name="Milliseconds">The median over the runs.</param>
internal sealed record TimedKernel(string Node, string Operator, double Milliseconds);
