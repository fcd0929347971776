using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Verification;

internal static class QuantizationLayers
{
    /// <summary>A QuantizeLinear and a DequantizeLinear with one scale for all.</summary>
    /// <param name="zeroPoint">0 for what is never negative: ONNX Runtime then drops a Relu in front.</param>
    public static GraphBuilder Quantize(this GraphBuilder builder, string output, string input, byte zeroPoint = 128) =>
        builder
            .Constant($"{input}_s", [], [0.02f])
            .Constant(new Tensor($"{input}_z", ElementType.UInt8, [], new[] { zeroPoint }))
            .Node("QuantizeLinear", [input, $"{input}_s", $"{input}_z"], [$"{input}_q"])
            .Node("DequantizeLinear", [$"{input}_q", $"{input}_s", $"{input}_z"], [output]);
}
