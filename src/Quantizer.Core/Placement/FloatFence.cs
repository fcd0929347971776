namespace Quantizer.Placement;

/// <summary>
/// An input of a node left in float that reads a dequantized tensor. ONNX Runtime would quantize such a node by itself
/// (per tensor, worse than ours); a DequantizeLinear of its own, whose scale is a vector of equal values, keeps it in float.
/// </summary>
public sealed record FloatFence(string Node, int Input, string Tensor, int Channels);
