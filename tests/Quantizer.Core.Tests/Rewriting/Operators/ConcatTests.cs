using Quantizer.Graphs;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Rewriting.Operators;

public class ConcatTests
{
    [Fact]
    public void Inputs_that_go_nowhere_else_get_the_scale_of_the_whole()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("left", "x", 16, 16)
                .Node("Relu", ["left"], ["left_relu"])
                .Conv("right", "x", 16, 32, kernel: 1)
                .Node("Relu", ["right"], ["right_relu"])
                .Node("Concat", ["left_relu", "right_relu"], ["joined"], NodeAttribute.Of("axis", 1L))
                .Conv("last", "joined", 48, 16)
                .Output("last")
                .Build()
        );

        Assert.Equal("DequantizeLinear QLinearConcat QLinearConv*3 QuantizeLinear", network.Kernels);
        QuantizationParameters whole = network.Plan.Activations["joined"].Parameters;
        Assert.Equal((whole, whole), (network.Plan.Activations["left_relu"].Parameters, network.Plan.Activations["right_relu"].Parameters));
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void An_input_that_goes_elsewhere_too_keeps_a_scale_of_its_own()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("trunk", "x", 16, 16)
                .Conv("branch", "trunk", 16, 16)
                .Node("Concat", ["trunk", "branch"], ["joined"], NodeAttribute.Of("axis", 1L))
                .Conv("last", "joined", 32, 16)
                .Output("last")
                .Build()
        );

        Assert.Equal("DequantizeLinear QLinearConcat QLinearConv*3 QuantizeLinear", network.Kernels);
        Assert.Null(network.Site("trunk").Joins);
        Assert.Equal("joined", network.Site("branch").Joins);
        Assert.NotEqual(network.Plan.Activations["joined"].Parameters, network.Plan.Activations["trunk"].Parameters);
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void A_clamp_keeps_its_scale_where_the_whole_is_wider_than_the_clamp()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("left", "x", 16, 16)
                .Node("Relu", ["left"], ["clamped"])
                .Conv("free", "x", 16, 16)
                .Node("Concat", ["clamped", "free"], ["joined"], NodeAttribute.Of("axis", 1L))
                .Conv("last", "joined", 32, 16)
                .Output("last")
                .Build()
        );

        // The whole has negative values: with its zero point the Relu would no longer disappear.
        Assert.Equal("DequantizeLinear QLinearConcat QLinearConv*3 QuantizeLinear", network.Kernels);
        Assert.Equal(0, network.Plan.Activations["clamped"].Parameters.ZeroPoint);
        Assert.Equal(network.Plan.Activations["joined"].Parameters, network.Plan.Activations["free"].Parameters);
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void Scales_are_shared_through_pools_and_chains_of_Concats()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("a", "x", 16, 16)
                .MaxPool("pooled", "a")
                .Conv("b", "x", 16, 16, stride: 2)
                .Conv("c", "x", 16, 16, stride: 2)
                .Node("Concat", ["pooled", "b"], ["inner"], NodeAttribute.Of("axis", 1L))
                .Node("Concat", ["inner", "c"], ["outer"], NodeAttribute.Of("axis", 1L))
                .Conv("last", "outer", 48, 16)
                .Output("last")
                .Build()
        );

        Assert.Equal("outer", network.Site("inner").Joins);
        Assert.Single(
            new[] { "a", "b", "c", "inner", "outer" }
                .Select(tensor => network.Plan.Activations[network.Site(tensor).Source].Parameters)
                .Distinct()
        );
        Assert.Equal("DequantizeLinear NhwcMaxPool QLinearConcat*2 QLinearConv*4 QuantizeLinear", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void A_constant_input_takes_the_activations_type()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 16)
                .Constant("position", [1, 16, 8, 8], Layers.Weights(16 * 64, 16, "position"))
                .Node("Concat", ["first", "position"], ["joined"], NodeAttribute.Of("axis", 1L))
                .Conv("last", "joined", 32, 16)
                .Output("last")
                .Build()
        );

        Assert.Equal("DequantizeLinear QLinearConcat QLinearConv*2 QuantizeLinear", network.Kernels);
        Assert.Equal(ElementType.UInt8, network.Constant("position_quantized").Type);
        network.AssertNoFindings();
        network.AssertClose(30);
    }
}
