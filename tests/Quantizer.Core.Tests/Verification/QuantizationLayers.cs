using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Verification;

internal static class QuantizationLayers
{
    /// <summary>A QuantizeLinear and a DequantizeLinear with one scale for all.</summary>
    public static GraphBuilder Quantize(this GraphBuilder builder, string output, string input) =>
        builder
            .Constant($"{input}_s", [], [0.02f])
            .Constant(Tensor.FromUInt8s($"{input}_z", [], [128]))
            .Node("QuantizeLinear", [input, $"{input}_s", $"{input}_z"], [$"{input}_q"])
            .Node("DequantizeLinear", [$"{input}_q", $"{input}_s", $"{input}_z"], [output]);
}
