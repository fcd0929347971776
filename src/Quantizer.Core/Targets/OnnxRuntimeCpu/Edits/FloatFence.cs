using Quantizer.Graphs;
using Quantizer.Placement.Contract.Edits;

namespace Quantizer.Targets.OnnxRuntimeCpu.Edits;

/// <summary>
/// An input of a node left in float that reads a dequantized tensor. ONNX Runtime would quantize such a node by itself (worse
/// than ours, or in a slow kernel); the fence keeps it in float.
/// </summary>
/// <param name="Channels">
/// For nodes with weights: they get a DequantizeLinear of their own whose scale is a vector of this many equal values, which
/// ONNX Runtime does not fuse. Null for others, which it would fuse all the same: they read through a one-input Sum.
/// </param>
internal sealed record FloatFence(string Node, int Input, string Tensor, int? Channels) : PrivateRead(Node, Input, Tensor)
{
    /// <summary>The axis of channels, along which the vector lies.</summary>
    internal const int ChannelAxis = 1;

    public override bool ReadsDequantized => Channels is null;

    public override Node Write(ITensorWriting writing, string quantized, string dequantized, string output)
    {
        if (Channels is not { } channels)
            return new Node("Sum", [dequantized], [output], writing.NewName($"{Tensor}_Sum_for_{Node}"));
        float[] scales = new float[channels];
        Array.Fill(scales, writing.Parameters.Scale);
        Tensor scale = Graphs.Tensor.FromFloats(writing.NewName($"{Tensor}_scales"), [channels], scales);
        Tensor zeroPoint = writing.ZeroPoints(writing.NewName($"{Tensor}_zero_points"), channels);
        writing.Add(scale);
        writing.Add(zeroPoint);
        Node node = new(
            "DequantizeLinear",
            [quantized, scale.Name, zeroPoint.Name],
            [output],
            writing.NewName($"{Tensor}_DequantizeLinear_for_{Node}")
        );
        node.Set(NodeAttribute.Of("axis", (long)ChannelAxis));
        return node;
    }
}
