namespace Quantizer.Placement;

/// <summary>
/// An input of a node left in float that reads a dequantized tensor. ONNX Runtime would quantize such a node by itself (worse
/// than ours, or in a slow kernel); the fence keeps it in float.
/// </summary>
/// <param name="Channels">
/// For nodes with weights: they get a DequantizeLinear of their own whose scale is a vector of this many equal values, which
/// ONNX Runtime does not fuse. Null for others, which it would fuse all the same: they read through a one-input Sum.
/// </param>
public sealed record FloatFence(string Node, int Input, string Tensor, int? Channels);
