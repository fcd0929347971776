using Quantizer.Graphs;
using Quantizer.Normalization;
using static Quantizer.Core.Tests.Normalization.NormalizedGraph;

namespace Quantizer.Core.Tests.Normalization.Folding;

public sealed class PaddingTests
{
    private static readonly NodeAttribute Kernel3 = NodeAttribute.Of("kernel_shape", [3, 3]);

    [Fact]
    public void A_zero_Pad_along_spatial_axes_is_added_to_the_pads_of_the_Conv()
    {
        NormalizedModel normalized = Of(
            WithPads(0, 0, 1, 2, 0, 0, 3, 4).Node("Conv", ["p", "w"], ["y"], NodeAttribute.Of("pads", [1, 1, 1, 1])).Output("y").Build()
        );

        Assert.Equal([2L, 3, 4, 5], Assert.Single(normalized.Graph.Nodes).IntsAttribute("pads"));
    }

    [Fact]
    public void A_Pad_with_named_axes_is_folded_too()
    {
        NormalizedModel normalized = Of(
            new GraphBuilder(opset: 18)
                .Input("x", ["n", 2, 8, 8])
                .Constant("w", [3, 2, 3, 3], Values(54))
                .Constant("pads", [2], [1L, 2L])
                .Constant("axes", [1], [-1L])
                .Node("Pad", ["x", "pads", "", "axes"], ["p"])
                .Node("Conv", ["p", "w"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal([0L, 1, 0, 2], Assert.Single(normalized.Graph.Nodes).IntsAttribute("pads"));
    }

    [Theory]
    [InlineData(0L, 1L, 0L, 0L)]
    [InlineData(1L, 0L, 0L, 0L)]
    [InlineData(0L, 0L, -1L, 0L)]
    public void A_Pad_of_batch_or_channels_or_by_negative_amounts_is_kept(long batch, long channels, long height, long width)
    {
        NormalizedModel normalized = Of(
            new GraphBuilder()
                .Input("x", ["n", 2, 8, 8])
                .Constant("w", [3, 2 + channels, 3, 3], Values((int)(27 * (2 + channels))))
                .Constant("pads", [8], [batch, channels, height, width, 0, 0, 0, 0])
                .Node("Pad", ["x", "pads"], ["p"])
                .Node("Conv", ["p", "w"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal("Pad Conv", normalized.Operators());
    }

    [Fact]
    public void A_Pad_with_another_value_or_mode_is_kept()
    {
        GraphBuilder Builder() =>
            new GraphBuilder()
                .Input("x", ["n", 2, 8, 8])
                .Constant("w", [3, 2, 3, 3], Values(54))
                .Constant("pads", [8], [0L, 0, 1, 1, 0, 0, 1, 1])
                .Constant("one", [], [1f]);

        Assert.Equal(
            "Pad Conv",
            Of(Builder().Node("Pad", ["x", "pads", "one"], ["p"]).Node("Conv", ["p", "w"], ["y"]).Output("y").Build()).Operators()
        );
        Assert.Equal(
            "Pad Conv",
            Of(
                    Builder()
                        .Node("Pad", ["x", "pads"], ["p"], NodeAttribute.Of("mode", "reflect"))
                        .Node("Conv", ["p", "w"], ["y"])
                        .Output("y")
                        .Build()
                )
                .Operators()
        );
    }

    [Fact]
    public void A_Pad_read_twice_is_kept()
    {
        NormalizedModel normalized = Of(
            WithPads(0, 0, 1, 1, 0, 0, 1, 1).Node("Conv", ["p", "w"], ["y"]).Node("Relu", ["p"], ["z"]).Output("y").Output("z").Build()
        );

        Assert.Equal("Pad Conv Relu", normalized.Operators());
    }

    [Fact]
    public void A_Pad_in_front_of_AveragePool_is_counted_by_the_pool()
    {
        NormalizedModel normalized = Of(
            WithPads(0, 0, 1, 1, 0, 0, 1, 1)
                .Node("AveragePool", ["p"], ["y"], Kernel3, NodeAttribute.Of("strides", [2, 2]))
                .Output("y")
                .Build()
        );

        Node pool = Assert.Single(normalized.Graph.Nodes);
        Assert.Equal([1L, 1, 1, 1], pool.IntsAttribute("pads"));
        Assert.Equal(1, pool.IntAttribute("count_include_pad", 0));
    }

    [Fact]
    public void A_Pad_in_front_of_an_AveragePool_that_does_not_count_its_own_pads_is_kept()
    {
        NormalizedModel normalized = Of(
            WithPads(0, 0, 1, 1, 0, 0, 1, 1)
                .Node("AveragePool", ["p"], ["y"], Kernel3, NodeAttribute.Of("pads", [1, 1, 1, 1]))
                .Output("y")
                .Build()
        );

        Assert.Equal("Pad AveragePool", normalized.Operators());
    }

    [Fact]
    public void A_Pad_as_wide_as_the_window_of_the_pool_is_kept()
    {
        NormalizedModel normalized = Of(WithPads(0, 0, 3, 1, 0, 0, 1, 1).Node("AveragePool", ["p"], ["y"], Kernel3).Output("y").Build());

        Assert.Equal("Pad AveragePool", normalized.Operators());
    }

    [Fact]
    public void A_Pad_between_Relu_and_MaxPool_is_folded()
    {
        NormalizedModel normalized = Of(
            new GraphBuilder()
                .Input("x", ["n", 2, 8, 8])
                .Constant("pads", [8], [0L, 0, 1, 1, 0, 0, 1, 1])
                .Node("Relu", ["x"], ["r"])
                .Node("Pad", ["r", "pads"], ["p"])
                .Node("MaxPool", ["p"], ["y"], Kernel3, NodeAttribute.Of("strides", [2, 2]))
                .Output("y")
                .Build()
        );

        Assert.Equal("Relu MaxPool", normalized.Operators());
        Assert.Equal([1L, 1, 1, 1], normalized.Graph.Nodes[1].IntsAttribute("pads"));
    }

    [Fact]
    public void A_Pad_in_front_of_MaxPool_whose_data_may_be_negative_is_kept()
    {
        NormalizedModel normalized = Of(WithPads(0, 0, 1, 1, 0, 0, 1, 1).Node("MaxPool", ["p"], ["y"], Kernel3).Output("y").Build());

        Assert.Equal("Pad MaxPool", normalized.Operators());
    }

    [Theory]
    [InlineData("SAME_UPPER", new long[] { 0, 0, 1, 1 })]
    [InlineData("SAME_LOWER", new long[] { 1, 1, 0, 0 })]
    [InlineData("VALID", null)]
    public void Auto_pad_of_a_Conv_is_written_out(string mode, long[]? pads)
    {
        // A window of 2 over 8 elements, stride 1, needs one more.
        NormalizedModel normalized = Of(
            new GraphBuilder()
                .Input("x", ["n", 2, 8, 8])
                .Constant("w", [3, 2, 2, 2], Values(24))
                .Node("Conv", ["x", "w"], ["y"], NodeAttribute.Of("auto_pad", mode))
                .Output("y")
                .Build()
        );

        Node conv = Assert.Single(normalized.Graph.Nodes);
        Assert.Null(conv.Attribute("auto_pad"));
        Assert.Equal(pads, conv.IntsAttribute("pads"));
    }

    [Fact]
    public void Auto_pad_counts_dilations()
    {
        // A window of 2 dilated by 2 spans 3 elements. ONNX Runtime refuses such a node until its pads are written out.
        NormalizedModel normalized = ModelNormalizer.Normalize(
            new GraphBuilder()
                .Input("x", ["n", 2, 8, 8])
                .Constant("w", [3, 2, 2, 2], Values(24))
                .Node("Conv", ["x", "w"], ["y"], NodeAttribute.Of("auto_pad", "SAME_UPPER"), NodeAttribute.Of("dilations", [2, 2]))
                .Output("y")
                .Build()
        );

        Assert.Equal([1L, 1, 1, 1], normalized.Graph.Nodes[0].IntsAttribute("pads"));
        Assert.Equal(8, normalized.Tensors["y"].Shape![2].Size);
    }

    [Theory]
    [InlineData("MaxPool", 7, 2)]
    [InlineData("AveragePool", 7, 2)]
    [InlineData("AveragePool", 8, 3)]
    [InlineData("MaxPool", 6, 4)]
    public void Auto_pad_of_a_pool_is_written_out(string opType, long size, long stride)
    {
        NormalizedModel normalized = Of(
            new GraphBuilder()
                .Input("x", ["n", 2, size, size])
                .Node(
                    opType,
                    ["x"],
                    ["y"],
                    Kernel3,
                    NodeAttribute.Of("auto_pad", "SAME_UPPER"),
                    NodeAttribute.Of("strides", [stride, stride])
                )
                .Output("y")
                .Build()
        );

        Assert.Null(Assert.Single(normalized.Graph.Nodes).Attribute("auto_pad"));
    }

    [Fact]
    public void Auto_pad_of_an_unknown_size_is_kept()
    {
        NormalizedModel normalized = Of(
            new GraphBuilder()
                .Input("x", ["n", 2, "h", "w"])
                .Constant("k", [3, 2, 2, 2], Values(24))
                .Node("Conv", ["x", "k"], ["y"], NodeAttribute.Of("auto_pad", "SAME_UPPER"))
                .Output("y")
                .Build()
        );

        Assert.Equal("SAME_UPPER", normalized.Graph.Nodes[0].StringAttribute("auto_pad", ""));
    }

    private static GraphBuilder WithPads(params long[] pads) =>
        new GraphBuilder()
            .Input("x", ["n", 2, 8, 8])
            .Constant("w", [3, 2, 3, 3], Values(54))
            .Constant("pads", [8], pads)
            .Node("Pad", ["x", "pads"], ["p"]);
}
