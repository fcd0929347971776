using Quantizer.Graphs;

namespace Quantizer.Execution;

/// <summary>Sees one output of a run. <paramref name="data"/> is ONNX Runtime's own memory and valid only during the call.</summary>
internal delegate void OutputVisitor(string name, ElementType type, IReadOnlyList<long> shape, ReadOnlySpan<byte> data);
