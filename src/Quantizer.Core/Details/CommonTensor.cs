namespace Quantizer.Details;

/// <summary>A tensor that both networks have.</summary>
/// <param name="Name">In the FP32 network.</param>
/// <param name="Node">The node that makes it; empty for the networks' inputs.</param>
/// <param name="Int8">What holds its value in the INT8 network: the tensor itself, or its integers as numbers again.</param>
internal sealed record CommonTensor(string Name, string Node, string Int8);
