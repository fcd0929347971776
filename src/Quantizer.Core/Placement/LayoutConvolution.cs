namespace Quantizer.Placement;

/// <summary>
/// A quantized tensor made in float that both an integer convolution and an integer Add read, with another Add behind: a float
/// stem in front of residual blocks. ONNX Runtime would keep the Adds of that stage in the float layout, with a transpose on each side of every
/// one; a depthwise convolution by one, exact in integers, brings the tensor into the integer layout once.
/// </summary>
public sealed record LayoutConvolution(string Tensor, int Channels);
