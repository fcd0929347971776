using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Placement;

namespace Quantizer.Core.Tests.Placement;

public class UnsoundConstantTests
{
    [Theory]
    [InlineData(float.NegativeInfinity, "its constant 'c' holds infinity, which has no scale")]
    [InlineData(float.NaN, "its constant 'c' holds NaN")]
    [InlineData(1e20f, "its constant 'c' reaches 1e+20, too far for a scale")]
    public void A_constant_operand_without_a_scale_leaves_its_node_in_float(float value, string reason)
    {
        QuantizationSites sites = Placed.Of(
            Picture()
                .Conv("a", "x", 16, 16)
                .Constant("c", [1, 1, 1, 2], [0f, value])
                .Node("Add", ["a", "c"], ["b"])
                .Conv("y", "b", 16, 16)
                .Output("y")
        );

        Assert.Equal(reason, sites.ReasonOf("Add_b"));
        Assert.Equal(["Conv_a", "Conv_y"], sites.IntegerNodes());
        Assert.Empty(sites.Constants);
    }

    [Fact]
    public void Constants_without_a_float_have_no_fault()
    {
        Assert.Null(UnsoundConstants.FaultOf(Tensor.FromInt64s("axes", [2], [1L, long.MaxValue])));
        Assert.Null(UnsoundConstants.FaultOf(Tensor.FromFloats("none", [0], [])));
        Assert.Null(UnsoundConstants.FaultOf(Tensor.FromFloats("large", [1], [UnsoundConstants.Largest])));
    }

    [Fact]
    public void A_bias_or_weight_with_infinity_leaves_its_layer_in_float()
    {
        float[] bias = new float[16],
            weights = Layers.Weights(16 * 16, 16, "w");
        bias[2] = float.NegativeInfinity;
        weights[5] = float.PositiveInfinity;
        QuantizationSites sites = Placed.Of(
            Picture()
                .Constant("w", [16, 16, 1, 1], Layers.Weights(16 * 16, 16, "w"))
                .Constant("v", [16, 16, 1, 1], weights)
                .Constant("bias", [16], bias)
                .Node("Conv", ["x", "w", "bias"], ["a"])
                .Node("Conv", ["x", "v"], ["y"])
                .Output("a")
                .Output("y")
        );

        Assert.Equal("its constant 'bias' holds infinity, which has no scale", sites.ReasonOf("Conv_a"));
        Assert.Equal("its constant 'v' holds infinity, which has no scale", sites.ReasonOf("Conv_y"));
    }

    [Fact]
    public void An_infinite_bound_of_a_clamp_is_sound()
    {
        QuantizationSites sites = Placed.Of(
            Picture()
                .Conv("a", "x", 16, 16)
                .Constant("zero", [], [0f])
                .Constant("max", [], [float.PositiveInfinity])
                .Node("Clip", ["a", "zero", "max"], ["b"])
                .Conv("y", "b", 16, 16)
                .Output("y")
        );

        Assert.Equal(["Conv_a", "Clip_b", "Conv_y"], sites.IntegerNodes());
    }

    private static GraphBuilder Picture() => new GraphBuilder().Input("x", [1, 16, 2, 2]);
}
