using Quantizer.Core.Tests.Normalization;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Normalization;

namespace Quantizer.Core.Tests.Targets.OnnxRuntimeCpu.Lowering;

public class ChannelPaddingTests
{
    /// <summary>Products with zero change no sum, but a longer sum may be added up in another order.</summary>
    private const double Rounding = 1e-6;

    [Fact]
    public void Channels_of_zeros_fill_a_depthwise_convolution_up_to_the_next_block()
    {
        NormalizedModel lowered = LoweredGraph.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("wide", "x", 16, 24, kernel: 1)
                .Depthwise("deep", "wide", 24)
                .Conv("narrow", "deep", 24, 16, kernel: 1)
                .Output("narrow")
                .Build(),
            Rounding
        );

        Assert.Equal(
            [
                [32, 16, 1, 1],
                [32, 1, 3, 3],
                [16, 32, 1, 1],
            ],
            lowered.Graph.Nodes.Select(node => lowered.Constant(node.Inputs[1]).Dimensions)
        );
        Assert.Equal(
            [
                [32],
                [32],
                [16],
            ],
            lowered.Graph.Nodes.Select(node => lowered.Constant(node.Inputs[2]).Dimensions)
        );
        Assert.Equal(32, lowered.Graph.Nodes[1].IntAttribute("group", 1));
        Assert.Equal([0f], lowered.Constant(lowered.Graph.Nodes[0].Inputs[1]).Values<float>()[(24 * 16)..].ToArray().Distinct());
        Assert.Equal(32, lowered.SampleTensors["deep"].Shape![1].Size);
    }

    [Fact]
    public void Activations_pools_and_further_depthwise_convolutions_are_passed()
    {
        NormalizedModel lowered = LoweredGraph.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 16, 16])
                // A clip that lifts zero gives the added channels values, which then meet zero weights.
                .Conv("wide", "x", 16, 24, kernel: 1)
                .Clip("lifted", "wide", 0.5f, 6f)
                .Depthwise("deep", "lifted", 24)
                .Node("Relu", ["deep"], ["relu"])
                .MaxPool("pool", "relu")
                .Depthwise("deeper", "pool", 24, stride: 2)
                .Node("LeakyRelu", ["deeper"], ["leaky"], NodeAttribute.Of("alpha", 0.2f))
                .Conv("left", "leaky", 24, 16, kernel: 1)
                .Conv("right", "relu", 24, 16, kernel: 1)
                .Output("left")
                .Output("right")
                .Build(),
            Rounding
        );

        Assert.Equal(
            [32L, 32L],
            lowered.Graph.Nodes.Where(node => node.Name is "Conv_deep" or "Conv_deeper").Select(node => node.IntAttribute("group", 1))
        );
    }

    [Fact]
    public void Weights_that_another_convolution_shares_keep_their_size_there()
    {
        float[] shared = Layers.Weights(24 * 24, 24, "shared");
        NormalizedModel lowered = LoweredGraph.Of(
            new GraphBuilder()
                .Input("x", [1, 24, 8, 8])
                .Constant("w", [24, 24, 1, 1], shared)
                .Node("Conv", ["x", "w"], ["wide"])
                .Depthwise("deep", "wide", 24)
                .Node("Conv", ["deep", "w"], ["narrow"])
                .Node("Conv", ["narrow", "w"], ["last"])
                .Output("last")
                .Build(),
            Rounding
        );

        Assert.Equal(
            [
                [32, 24, 1, 1],
                [24, 32, 1, 1],
                [24, 24, 1, 1],
            ],
            new[] { "Conv_wide", "Conv_narrow", "Conv_last" }.Select(name =>
                lowered.Constant(lowered.Graph.Nodes.Single(node => node.Name == name).Inputs[1]).Dimensions
            )
        );
    }

    [Theory]
    [InlineData(48)]
    [InlineData(16)]
    public void Kept_when_the_channels_fit(int channels) => LoweredGraph.AssertKept(Chain(channels));

    [Theory]
    // 12 zeros for 20 channels, 15 for 17: more than a third.
    [InlineData(20)]
    [InlineData(17)]
    [InlineData(8)]
    public void Kept_when_too_many_would_be_added(int channels) => LoweredGraph.AssertKept(Chain(channels));

    [Theory]
    [InlineData(24)]
    [InlineData(36)]
    [InlineData(40)]
    public void A_third_at_most_is_added(int channels) => LoweredGraph.Of(Chain(channels), Rounding);

    [Fact]
    public void Kept_when_the_channels_go_into_an_Add() =>
        LoweredGraph.AssertKept(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("wide", "x", 16, 24, kernel: 1)
                .Depthwise("deep", "wide", 24)
                .Node("Add", ["wide", "deep"], ["sum"])
                .Conv("narrow", "sum", 24, 16, kernel: 1)
                .Output("narrow")
                .Build()
        );

    [Fact]
    public void Kept_when_the_channels_are_an_output() =>
        LoweredGraph.AssertKept(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("wide", "x", 16, 24, kernel: 1)
                .Depthwise("deep", "wide", 24)
                .Conv("narrow", "deep", 24, 16, kernel: 1)
                .Output("narrow")
                .Output("deep")
                .Build()
        );

    [Fact]
    public void Kept_when_the_channels_are_an_input() =>
        LoweredGraph.AssertKept(
            new GraphBuilder()
                .Input("x", [1, 24, 8, 8])
                .Depthwise("deep", "x", 24)
                .Conv("narrow", "deep", 24, 16, kernel: 1)
                .Output("narrow")
                .Build()
        );

    [Fact]
    public void Kept_when_a_channel_depends_on_others() =>
        LoweredGraph.AssertKept(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("wide", "x", 16, 24, kernel: 1)
                .Node("Softmax", ["wide"], ["shares"], NodeAttribute.Of("axis", 1L))
                .Depthwise("deep", "shares", 24)
                .Conv("narrow", "deep", 24, 16, kernel: 1)
                .Output("narrow")
                .Build()
        );

    [Fact]
    public void Kept_when_a_neighbour_is_grouped() =>
        LoweredGraph.AssertKept(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("wide", "x", 16, 24, kernel: 1)
                .Depthwise("deep", "wide", 24)
                .Conv("narrow", "deep", 24, 16, kernel: 1, group: 2)
                .Output("narrow")
                .Build()
        );

    private static OnnxModel Chain(int channels) =>
        new GraphBuilder()
            .Input("x", [1, 16, 8, 8])
            .Conv("wide", "x", 16, channels, kernel: 1)
            .Depthwise("deep", "wide", channels)
            .Conv("narrow", "deep", channels, 16, kernel: 1)
            .Output("narrow")
            .Build();
}
