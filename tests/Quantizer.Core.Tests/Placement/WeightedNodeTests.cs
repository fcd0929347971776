using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Placement;

namespace Quantizer.Core.Tests.Placement;

/// <summary>Which convolutions and products run on integers, and the reason given for the others.</summary>
public class WeightedNodeTests
{
    private static readonly Dictionary<string, (Func<GraphBuilder> Graph, string Reason)> Convolutions = new()
    {
        ["of 16 channels"] = (() => Picture(16).Conv("y", "x", 16, 16), ""),
        ["of 5 channels"] = (() => Picture(5).Conv("y", "x", 5, 16), ""),
        ["of 4 channels"] = (
            () => Picture(4).Conv("y", "x", 4, 16),
            "a convolution of 4 input channels is slower in integers (0.2x to 0.4x)"
        ),
        ["of 1 channel"] = (
            () => Picture(1).Conv("y", "x", 1, 16),
            "a convolution of 1 input channels is slower in integers (0.2x to 0.4x)"
        ),
        ["of 3 channels with a large kernel in front of a layer"] = (
            () => Picture(3).Conv("y", "x", 3, 16, kernel: 7).Node("Relu", ["y"], ["r"]).Conv("z", "r", 16, 16),
            ""
        ),
        ["of 3 channels with a large kernel in front of a normalization"] = (
            () => Picture(3).Conv("y", "x", 3, 16, kernel: 7).Node("Softmax", ["y"], ["z"]),
            "a convolution of 3 input channels whose output no layer reads in integers would be rounded for next to no time"
        ),
        ["depthwise between floats"] = (
            () => Picture(32).Depthwise("y", "x", 32),
            "a depthwise convolution between nodes in float is no faster in integers, for all the conversions"
        ),
        ["depthwise of 24 channels"] = (
            () => Picture(24).Depthwise("y", "x", 24),
            "a depthwise convolution of 24 channels is slower in integers (0.3x); its kernel needs a multiple of 16"
        ),
        ["depthwise with two outputs per channel"] = (
            () => Picture(32).Conv("y", "x", 32, 64, group: 32),
            "a grouped convolution (32 groups of 1 channels) has no fast integer kernel (0.3x to 0.85x)"
        ),
        ["grouped"] = (
            () => Picture(32).Conv("y", "x", 32, 32, group: 4),
            "a grouped convolution (4 groups of 8 channels) has no fast integer kernel (0.3x to 0.85x)"
        ),
        ["over three axes"] = (
            () =>
                new GraphBuilder()
                    .Input("x", [1, 16, 4, 4, 4])
                    .Constant("w", [16, 16, 1, 1, 1], Layers.Weights(256, 16, "w"))
                    .Node("Conv", ["x", "w"], ["y"]),
            "a convolution over 3 axes has no fast integer kernel"
        ),
        ["with computed weights"] = (
            () => Picture(16).Input("w", [16, 16, 1, 1]).Node("Conv", ["x", "w"], ["y"]),
            "its weights are not constant float values"
        ),
        ["with a computed bias"] = (
            () =>
                Picture(16)
                    .Input("b", [16])
                    .Constant("w", [16, 16, 1, 1], Layers.Weights(256, 16, "w"))
                    .Node("Conv", ["x", "w", "b"], ["y"]),
            "its bias is not constant"
        ),
    };

    private static readonly Dictionary<string, (Func<GraphBuilder> Graph, string Reason)> Products = new()
    {
        ["Gemm of 16384 weights"] = (() => Row().Gemm("y", "x", 128, 128), ""),
        ["Gemm of fewer weights"] = (() => Row().Gemm("y", "x", 128, 127), "a product with 16256 weights is too small to gain"),
        ["Gemm of fewer weights and many rows"] = (() => Rows(64, 96).Gemm("y", "x", 96, 96), ""),
        ["Gemm of fewer weights and not quite as many rows"] = (
            () => Rows(56, 96).Gemm("y", "x", 96, 96),
            "a product with 9216 weights is too small to gain"
        ),
        ["Gemm of many rows and few columns"] = (
            () => Rows(3136, 32).Gemm("y", "x", 32, 128),
            "a product with 4096 weights is too small to gain"
        ),
        ["MatMul of many windows"] = (() => new GraphBuilder().Input("x", ["batch", 64, 49, 96]).MatMul("y", "x", 96, 96), ""),
        ["MatMul of a sequence of any length"] = (() => new GraphBuilder().Input("x", ["batch", "T", 96]).MatMul("y", "x", 96, 96), ""),
        ["Small MatMul of a sequence of any length"] = (
            () => new GraphBuilder().Input("x", ["batch", "T", 64]).MatMul("y", "x", 64, 64),
            "a product with 4096 weights is too small to gain"
        ),
        ["Gemm with alpha"] = (() => Gemm(NodeAttribute.Of("alpha", 2f)), "alpha or beta is not 1"),
        ["Gemm with beta"] = (() => Gemm(NodeAttribute.Of("beta", 0.5f)), "alpha or beta is not 1"),
        ["Gemm with transA"] = (
            () =>
                new GraphBuilder()
                    .Input("x", [128, 1])
                    .Constant("w", [128, 128], Layers.Weights(16384, 128, "w"))
                    .Node("Gemm", ["x", "w"], ["y"], NodeAttribute.Of("transA", 1L)),
            "its first operand is transposed"
        ),
        ["Gemm with one bias for all"] = (
            () =>
                Row()
                    .Constant("w", [128, 128], Layers.Weights(16384, 128, "w"))
                    .Constant("b", [1], [1f])
                    .Node("Gemm", ["x", "w", "b"], ["y"]),
            "its bias is not one value per output channel"
        ),
        ["Gemm with a computed bias"] = (
            () => Row().Input("b", [128]).Constant("w", [128, 128], Layers.Weights(16384, 128, "w")).Node("Gemm", ["x", "w", "b"], ["y"]),
            "its bias is not constant"
        ),
        ["Gemm of two activations"] = (
            () => Row().Input("w", [128, 128]).Node("Gemm", ["x", "w"], ["y"]),
            "its second operand is not a constant"
        ),
        ["MatMul"] = (() => Row().MatMul("y", "x", 128, 128), ""),
        ["MatMul of two activations"] = (
            () => Row().Input("w", [128, 128]).Node("MatMul", ["x", "w"], ["y"]),
            "a product of two activations gains little and costs accuracy"
        ),
        ["MatMul with its constant first"] = (
            () =>
                new GraphBuilder()
                    .Input("x", [128, 128])
                    .Constant("w", [128, 128], Layers.Weights(16384, 128, "w"))
                    .Node("MatMul", ["w", "x"], ["y"]),
            "its constant is the first operand"
        ),
        ["MatMul with batched weights"] = (
            () =>
                new GraphBuilder()
                    .Input("x", [2, 4, 128])
                    .Constant("w", [2, 128, 128], Layers.Weights(32768, 128, "w"))
                    .Node("MatMul", ["x", "w"], ["y"]),
            "a batched constant cannot be quantized per channel"
        ),
    };

    public static TheoryData<string> ConvolutionNames => [.. Convolutions.Keys];

    public static TheoryData<string> ProductNames => [.. Products.Keys];

    [Theory]
    [MemberData(nameof(ConvolutionNames))]
    public void A_convolution(string name) => AssertReason(Convolutions[name]);

    [Theory]
    [MemberData(nameof(ProductNames))]
    public void A_product(string name) => AssertReason(Products[name]);

    private static void AssertReason((Func<GraphBuilder> Graph, string Reason) expected)
    {
        NodePlacement placement = Placed.Of(expected.Graph().Output("y")).Nodes[0];
        Assert.Equal((expected.Reason.Length == 0, expected.Reason), (placement.IsInteger, placement.Reason));
    }

    private static GraphBuilder Picture(int channels) => new GraphBuilder().Input("x", [1, channels, 8, 8]);

    private static GraphBuilder Row() => Rows(1, 128);

    private static GraphBuilder Rows(long rows, long columns) => new GraphBuilder().Input("x", [rows, columns]);

    private static GraphBuilder Gemm(NodeAttribute attribute) =>
        Row()
            .Constant("w", [128, 128], Layers.Weights(16384, 128, "w"))
            .Constant("b", [128], new float[128])
            .Node("Gemm", ["x", "w", "b"], ["y"], attribute);

    [Fact]
    public void Weights_with_fewer_axes_than_their_operator_wants_are_not_stored()
    {
        QuantizationSites sites = Placed.Of(
            new GraphBuilder()
                .Input("x", [4, 1, 64])
                .Constant("w", [128 * 64], new float[128 * 64])
                .Constant("r", [1, 128, 32], [.. Enumerable.Range(0, 128 * 32).Select(i => i % 7 - 3f)])
                .Node("LSTM", ["x", "w", "r"], ["y"], NodeAttribute.Of("hidden_size", 32L))
                .Output("y"),
            PlacementOptions.Default with
            {
                Activations = ActivationMode.None,
            }
        );

        Assert.Equal(["r"], sites.Stored.Select(site => site.Tensor));
    }
}
