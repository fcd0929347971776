using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Rewriting.Operators;

/// <summary>Constants of combining operators take the activations' type, unlike weights.</summary>
public class ConstantOperandTests
{
    [Theory]
    [InlineData("Add")]
    [InlineData("Mul")]
    public void A_constant_picture_is_stored_as_bytes_and_combined_on_integers(string operatorType)
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 16)
                .Node("Sigmoid", ["first"], ["act"])
                .Constant("c", [1, 16, 8, 8], Layers.Weights(16 * 64, 16, "c"))
                .Node(operatorType, ["act", "c"], ["combined"])
                .Conv("last", "combined", 16, 16)
                .Output("last")
                .Build()
        );

        Assert.Contains($"QLinear{operatorType}", network.Kernels);
        Assert.Equal(ElementType.UInt8, network.Constant("c_quantized").Type);
        Assert.Empty(network.Constant("c_scale").Dimensions);
        network.AssertNoFindings();
        network.AssertClose(28);
    }

    [Fact]
    public void The_constant_may_come_first_and_be_negative()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 16)
                .Node("Sigmoid", ["first"], ["act"])
                .Constant("c", [8, 8], [.. Layers.Weights(64, 6, "c").Select(value => -1f - MathF.Abs(value))])
                .Node("Mul", ["c", "act"], ["combined"])
                .Conv("last", "combined", 16, 16)
                .Output("last")
                .Build()
        );

        Assert.Contains("QLinearMul", network.Kernels);
        Assert.Equal(255, network.Plan.Constants["c"].ZeroPoint);
        network.AssertNoFindings();
        network.AssertClose(28);
    }
}
