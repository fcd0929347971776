using Quantizer.Graphs;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Rewriting.Operators;

public class ClampTests
{
    [Fact]
    public void Relu_disappears_into_the_convolution_before_it()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 32)
                .Node("Relu", ["first"], ["relu"])
                .Conv("last", "relu", 32, 16)
                .Output("last")
                .Build()
        );

        Assert.Equal("DequantizeLinear QLinearConv*2 QuantizeLinear", network.Kernels);
        // What is between the convolution and the Relu is never rounded.
        Assert.Equal(["x", "relu", "last"], network.Sites.Observed);
        Assert.Equal(0, network.Plan.Activations["relu"].Parameters.ZeroPoint);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Theory]
    [InlineData(0f, 6f)]
    [InlineData(-1f, 1f)]
    [InlineData(0f, 0.5f)]
    [InlineData(-0.3f, 0.7f)]
    [InlineData(-0.1f, 4f)]
    [InlineData(0f, 1f)]
    [InlineData(-0.7f, 0f)]
    public void Clip_disappears_into_the_convolution_before_it(float min, float max)
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 32)
                .Clip("clip", "first", min, max)
                .Conv("last", "clip", 32, 16)
                .Output("last")
                .Build()
        );

        Assert.Equal("DequantizeLinear QLinearConv*2 QuantizeLinear", network.Kernels);
        Assert.Equal(new ValueRange(min, max), network.Site("clip").Bound);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void Clip_with_one_bound_disappears_too()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 32)
                .Constant("max", [], [1f])
                .Node("Clip", ["first", "", "max"], ["clip"])
                .Conv("last", "clip", 32, 16)
                .Output("last")
                .Build()
        );

        Assert.Equal("DequantizeLinear QLinearConv*2 QuantizeLinear", network.Kernels);
        network.AssertClose(32);
    }

    [Fact]
    public void Clip_that_keeps_values_from_zero_stays_between_integer_convolutions()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 32)
                .Clip("clip", "first", 0.25f, 6f)
                .Conv("last", "clip", 32, 16)
                .Output("last")
                .Build()
        );

        // Zero is always representable, so no range implies this clamp: both sides of it are quantized.
        Assert.Equal("Clip DequantizeLinear*2 QLinearConv*2 QuantizeLinear*2", network.Kernels);
        Assert.Equal(["x", "first", "clip", "last"], network.Sites.Observed);
        Assert.Equal("a clamp that cannot disappear into an integer node gains nothing", network.ReasonOf("Clip_clip"));
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void A_Relu_that_never_lets_anything_through_disappears_too()
    {
        float[] sinking = new float[16];
        Array.Fill(sinking, -1000f);
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 16)
                .Constant("w", [16, 16, 1, 1], Layers.Weights(256, 16, "w"))
                .Constant("b", [16], sinking)
                .Node("Conv", ["first", "w", "b"], ["dead"])
                .Clip("clip", "dead", 0f, 6f)
                .Conv("last", "clip", 16, 16)
                .Output("last")
                .Build()
        );

        Assert.Equal("DequantizeLinear QLinearConv*3 QuantizeLinear", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void A_convolution_whose_values_are_read_before_and_behind_its_Relu_is_quantized_at_both_places()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 32)
                .Node("Relu", ["first"], ["relu"])
                .Conv("left", "first", 32, 16)
                .Conv("right", "relu", 32, 16)
                .Output("left")
                .Output("right")
                .Build()
        );

        Assert.Equal("QLinearConv", network.KernelOf("Conv_first"));
        Assert.Equal(
            ["x", "first", "left", "relu", "right"],
            network.Sites.Observed.Order(StringComparer.Ordinal).OrderBy(name => name == "x" ? 0 : 1)
        );
        network.AssertNoFindings();
        network.AssertClose(32);
    }
}
