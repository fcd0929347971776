using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Rewriting.Operators;

/// <summary>Convolutions that gain from integers only beside others on integers.</summary>
public class LoneConvolutionTests
{
    [Fact]
    public void A_depthwise_convolution_between_activations_in_float_stays_in_float_itself()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 32)
                .Node("HardSwish", ["first"], ["before"])
                .Depthwise("depthwise", "before", 32)
                .Node("HardSwish", ["depthwise"], ["behind"])
                .Conv("last", "behind", 32, 16)
                .Output("last")
                .Build()
        );

        Assert.True(network.RunsOnIntegers("Conv_first"));
        Assert.True(network.RunsOnIntegers("Conv_last"));
        Assert.False(network.RunsOnIntegers("Conv_depthwise"));
        Assert.Equal(
            "a depthwise convolution between nodes in float is no faster in integers, for all the conversions",
            network.ReasonOf("Conv_depthwise")
        );
        Assert.Equal(["x", "first", "behind", "last"], network.Sites.Observed);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void One_that_another_on_integers_reads_stays_on_integers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 32)
                .Node("HardSwish", ["first"], ["before"])
                .Depthwise("depthwise", "before", 32)
                .Conv("last", "depthwise", 32, 16)
                .Output("last")
                .Build()
        );

        Assert.True(network.RunsOnIntegers("Conv_depthwise"));
    }

    [Fact]
    public void A_small_head_in_front_of_decoding_in_float_stays_in_float()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Headed("Softmax"));

        Assert.True(network.RunsOnIntegers("Conv_first"));
        Assert.False(network.RunsOnIntegers("Conv_head"));
        Assert.StartsWith("a small 1x1 convolution in front of arithmetic in float", network.ReasonOf("Conv_head"));
        network.AssertNoFindings();
        network.AssertClose(34);
    }

    [Fact]
    public void A_small_one_that_integers_follow_behind_arithmetic_in_float_is_no_head() =>
        Assert.True(
            QuantizedNetwork
                .Of(
                    new GraphBuilder()
                        .Input("x", [1, 16, 8, 8])
                        .Conv("first", "x", 16, 32)
                        .Conv("small", "first", 32, 16, kernel: 1)
                        .Node("Softmax", ["small"], ["act"])
                        .Conv("last", "act", 16, 32)
                        .Output("last")
                        .Build()
                )
                .RunsOnIntegers("Conv_small")
        );

    [Fact]
    public void One_that_is_averaged_over_all_positions_stays_on_integers() =>
        Assert.True(QuantizedNetwork.Of(Headed("GlobalAveragePool")).RunsOnIntegers("Conv_head"));

    [Fact]
    public void The_shortcut_of_a_residual_block_in_front_of_a_mean_stays_on_integers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 32)
                .Conv("trunk", "first", 32, 32)
                .Conv("shortcut", "first", 32, 32, kernel: 1)
                .Node("Add", ["trunk", "shortcut"], ["sum"])
                .Node("GlobalAveragePool", ["sum"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.True(network.RunsOnIntegers("Conv_shortcut"));
    }

    [Fact]
    public void A_classifier_written_as_a_convolution_of_one_position_stays_on_integers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 32)
                .Node("GlobalAveragePool", ["first"], ["mean"])
                .Conv("classes", "mean", 32, 16, kernel: 1)
                .Node("Softmax", ["classes"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.True(network.RunsOnIntegers("Conv_classes"));
    }

    private static OnnxModel Headed(string reader) =>
        new GraphBuilder()
            .Input("x", [1, 16, 8, 8])
            .Conv("first", "x", 16, 32)
            .Node("Relu", ["first"], ["act"])
            .Conv("second", "act", 32, 32)
            .Conv("head", "second", 32, 16, kernel: 1)
            .Node(reader, ["head"], ["y"])
            .Output("y")
            .Build();
}
