using Quantizer.Graphs;
using Quantizer.Placement.Contract.Edits;

namespace Quantizer.Targets.OnnxRuntimeCpu.Edits;

/// <summary>
/// A quantized tensor made in float that both an integer convolution and an integer Add read, with another Add behind: a float
/// stem in front of residual blocks. ONNX Runtime would keep the Adds of that stage in the float layout, with a transpose on
/// each side of every one; a depthwise convolution by one, exact in integers, brings the tensor into the integer layout once.
/// </summary>
internal sealed record LayoutConvolution(string Tensor, int Channels) : PairReplacement(Tensor)
{
    /// <summary>
    /// Q -> DQ -> depthwise convolution by one -> Q -> DQ, all in one scale. The weight is 127 steps of 1/127: an integer comes
    /// out as it went in.
    /// </summary>
    public override IReadOnlyList<Node> Write(ITensorWriting writing, string made)
    {
        const sbyte one = 127;
        string layout = writing.NewName($"{Tensor}_layout"),
            weights = writing.NewName($"{layout}_weights");
        string before = writing.NewName($"{Tensor}_dequantized"),
            behind = writing.NewName($"{layout}_dequantized");
        sbyte[] ones = new sbyte[Channels];
        Array.Fill(ones, one);
        Tensor integers = Graphs.Tensor.FromInt8s(writing.NewName($"{layout}_ones"), [Channels, 1, 1, 1], ones);
        Tensor step = Graphs.Tensor.FromFloats(writing.NewName($"{layout}_scale"), [], [1f / one]);
        Tensor zero = Graphs.Tensor.FromInt8s(writing.NewName($"{layout}_zero_point"), [], [0]);
        foreach (Tensor constant in (Tensor[])[integers, step, zero])
            writing.Add(constant);
        writing.RedirectIntegerReaders(behind);
        Node convolution = new("Conv", [before, weights], [layout], writing.NewName($"{layout}_Conv"));
        convolution.Set(NodeAttribute.Of("group", (long)Channels));
        convolution.Set(NodeAttribute.Of("kernel_shape", [1L, 1L]));
        (string madeIntegers, string laidIntegers) = (writing.NewName($"{Tensor}_quantized"), writing.NewName($"{layout}_quantized"));
        return
        [
            writing.Quantize(Tensor, made, madeIntegers),
            writing.Dequantize(Tensor, madeIntegers, before),
            new Node("DequantizeLinear", [integers.Name, step.Name, zero.Name], [weights], writing.NewName($"{weights}_DequantizeLinear")),
            convolution,
            writing.Quantize(layout, layout, laidIntegers),
            writing.Dequantize(layout, laidIntegers, behind),
        ];
    }
}
