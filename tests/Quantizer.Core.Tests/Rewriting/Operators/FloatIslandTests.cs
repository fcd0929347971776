using Quantizer.Core.Tests.Placement;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Targets.OnnxRuntimeCpu.Edits;

namespace Quantizer.Core.Tests.Rewriting.Operators;

/// <summary>
/// Operators with slow or imprecise integer kernels between quantized neighbours: ONNX Runtime would put them on integers by
/// itself if they read a plain dequantized tensor.
/// </summary>
public class FloatIslandTests
{
    [Fact]
    public void A_padded_average_pool_stays_really_in_float()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            Between(graph =>
                graph.Node(
                    "AveragePool",
                    ["first"],
                    ["island"],
                    NodeAttribute.Of("kernel_shape", [3, 3]),
                    NodeAttribute.Of("pads", [1, 1, 1, 1])
                )
            )
        );

        AssertFloat(network, "AveragePool");
    }

    [Fact]
    public void Softmax_stays_really_in_float()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            Between(graph => graph.Node("Softmax", ["first"], ["island"], NodeAttribute.Of("axis", 1L)))
        );

        AssertFloat(network, "Softmax");
    }

    [Fact]
    public void An_excluded_Sigmoid_stays_really_in_float()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            Between(graph => graph.Node("Sigmoid", ["first"], ["island"])),
            PlacementOptions.Default with
            {
                ExcludeOpTypes = ["Sigmoid"],
            }
        );

        AssertFloat(network, "Sigmoid");
    }

    [Fact]
    public void Without_the_fence_ONNX_Runtime_would_take_the_island()
    {
        // Keeps the other tests honest: if this stops being so, the fences have become needless.
        QuantizedNetwork network = QuantizedNetwork.Of(
            Between(graph => graph.Node("Softmax", ["first"], ["island"], NodeAttribute.Of("axis", 1L)))
        );
        Node sum = network.Model.Graph.Nodes.Single(node => node.OpType == "Sum");
        network.Model.Graph.Nodes.Single(node => node.OpType == "Softmax").Inputs[0] = sum.Inputs[0];
        network.Model.Graph.Nodes.Remove(sum);

        Assert.Contains("QLinearSoftmax", network.Kernels);
    }

    [Fact]
    public void A_transposed_convolution_keeps_its_float_weights()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            Between(graph =>
                graph
                    .Constant("up_w", [32, 32, 2, 2], Layers.Weights(32 * 32 * 4, 32 * 4, "up_w"))
                    .Node("ConvTranspose", ["first", "up_w"], ["island"], NodeAttribute.Of("strides", [2, 2]))
            )
        );

        Assert.Equal("ConvTranspose", network.KernelOf("ConvTranspose_island"));
        Assert.Equal("ConvTranspose DequantizeLinear*2 QLinearConv*2 QuantizeLinear*2", network.Kernels);
        Assert.Equal(32, Assert.Single(network.Sites.Fences()).Channels);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    private static void AssertFloat(QuantizedNetwork network, string island)
    {
        Assert.Equal(("QLinearConv", "QLinearConv"), (network.KernelOf("Conv_first"), network.KernelOf("Conv_last")));
        Assert.Contains($" {island} ", $" {network.Kernels} ");
        Assert.DoesNotContain($"QLinear{island}", network.Kernels);
        FloatFence fence = Assert.Single(network.Sites.Fences());
        Assert.Equal((island + "_island", "first", null), (fence.Node, fence.Tensor, fence.Channels));
        network.AssertNoFindings();
        network.AssertClose(25);
    }

    private static OnnxModel Between(Func<GraphBuilder, GraphBuilder> island) =>
        island(new GraphBuilder().Input("x", [1, 16, 8, 8]).Conv("first", "x", 16, 32))
            .Conv("last", "island", 32, 16)
            .Output("last")
            .Build();
}
