using Quantizer.Core.Tests.Placement;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Targets.OnnxRuntimeCpu.Edits;

namespace Quantizer.Core.Tests.Rewriting.Operators;

public class ConvolutionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Convolutions_in_a_chain_run_on_integers_without_floats_between_them(int kernel)
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", ["batch", 16, 8, 8])
                .Conv("first", "x", 16, 32, kernel)
                .Conv("second", "first", 32, 16, kernel, stride: 2)
                .Conv("last", "second", 16, 16, kernel, bias: false)
                .Output("last")
                .Build()
        );

        Assert.Equal("DequantizeLinear QLinearConv*3 QuantizeLinear", network.Kernels);
        Assert.Equal(["x", "first", "second", "last"], network.Sites.Observed);
        network.AssertNoFindings();
        network.AssertClose(28);
    }

    [Fact]
    public void A_convolution_over_one_axis_runs_on_integers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 64])
                .Constant("w1", [32, 16, 5], Layers.Weights(32 * 16 * 5, 16 * 5, "w1"))
                .Constant("w2", [16, 32, 5], Layers.Weights(16 * 32 * 5, 32 * 5, "w2"))
                .Node("Conv", ["x", "w1"], ["first"])
                .Node("Conv", ["first", "w2"], ["last"])
                .Output("last")
                .Build()
        );

        Assert.Equal("DequantizeLinear QLinearConv*2 QuantizeLinear", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void Weights_that_two_convolutions_share_are_stored_once()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Constant("w", [16, 16, 1, 1], Layers.Weights(16 * 16, 16, "w"))
                .Constant("b", [16], Layers.Weights(16, 100, "b"))
                .Node("Conv", ["x", "w", "b"], ["first"])
                .Node("Relu", ["first"], ["relu"])
                .Node("Conv", ["relu", "w", "b"], ["last"])
                .Output("last")
                .Build()
        );

        Assert.Single(network.Model.Graph.Initializers, tensor => tensor.Type == ElementType.Int8 && tensor.Dimensions.Count == 4);
        // A bias has the scale of its own convolution's input, so there are two.
        Assert.Equal(2, network.Model.Graph.Initializers.Count(tensor => tensor.Type == ElementType.Int32));
        Assert.DoesNotContain(network.Model.Graph.Initializers, tensor => tensor.Type == ElementType.Float && tensor.Dimensions.Count == 4);
        Assert.Equal("DequantizeLinear QLinearConv*2 QuantizeLinear", network.Kernels);
        network.AssertClose(32);
    }

    [Fact]
    public void A_grouped_convolution_between_integer_ones_stays_really_in_float()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 32, 8, 8])
                .Conv("before", "x", 32, 32)
                .Conv("grouped", "before", 32, 32, group: 4)
                .Conv("behind", "grouped", 32, 32)
                .Output("behind")
                .Build()
        );

        Assert.Equal("Conv", network.KernelOf("Conv_grouped"));
        Assert.Equal(("QLinearConv", "QLinearConv"), (network.KernelOf("Conv_before"), network.KernelOf("Conv_behind")));
        Assert.Contains("grouped convolution", network.ReasonOf("Conv_grouped"));
        FloatFence fence = Assert.Single(network.Sites.Fences());
        Assert.Equal(("Conv_grouped", 0, "before", 32), (fence.Node, fence.Input, fence.Tensor, fence.Channels));
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void An_excluded_convolution_keeps_its_float_weights()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 16, 8, 8])
            .Conv("before", "x", 16, 32)
            .Node("Relu", ["before"], ["relu"])
            .Conv("chosen", "relu", 32, 32)
            .Conv("behind", "chosen", 32, 16)
            .Output("behind")
            .Build();

        QuantizedNetwork network = QuantizedNetwork.Of(model, PlacementOptions.Default with { Exclude = ["Conv_chosen"] });

        Assert.Equal("Conv", network.KernelOf("Conv_chosen"));
        Assert.Equal("Conv DequantizeLinear*2 QLinearConv*2 QuantizeLinear*2", network.Kernels);
        Assert.Equal(ElementType.Float, network.Constant("chosen_w").Type);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void Two_convolutions_that_read_one_tensor_both_run_on_integers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("trunk", "x", 16, 32)
                .Node("Relu", ["trunk"], ["relu"])
                .Conv("left", "relu", 32, 16)
                .Conv("right", "relu", 32, 16, kernel: 1)
                .Output("left")
                .Output("right")
                .Build()
        );

        Assert.Equal("DequantizeLinear*2 QLinearConv*3 QuantizeLinear", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(32);
    }
}
