namespace Quantizer.Placement;

/// <summary>
/// A clamp (Relu, Clip) in front of a MaxPool, both in float, with integers behind. ONNX Runtime would move the QuantizeLinear
/// in front of the pool, where its integer kernel is some thirty times slower; the clamp behind the pool, which gives the same
/// values, stops it.
/// </summary>
public sealed record PoolSwap(string Clamp, string Pool);
