namespace Quantizer.Placement;

/// <summary>
/// A float tensor that everyone reads through a one-input Sum, so that ONNX Runtime does not see its maker and its reader as
/// neighbours: it would fuse or move them in ways that cost an integer kernel.
/// </summary>
public sealed record FloatBarrier(string Tensor);
