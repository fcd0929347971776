using Quantizer.Graphs;
using Quantizer.Normalization;
using static Quantizer.Core.Tests.Normalization.NormalizedGraph;

namespace Quantizer.Core.Tests.Normalization.Opsets;

/// <summary>Each test runs the model in its old operator set and the upgraded one, and compares.</summary>
public sealed class OpsetUpgradeTests
{
    [Theory]
    [InlineData(7)]
    [InlineData(10)]
    public void Clip_bounds_become_inputs(int opset)
    {
        NormalizedModel both = Upgraded(
            new GraphBuilder(opset)
                .Input("x", [2, 3])
                .Node("Clip", ["x"], ["y"], NodeAttribute.Of("min", -0.25f), NodeAttribute.Of("max", 0.5f))
        );
        NormalizedModel upper = Upgraded(
            new GraphBuilder(opset).Input("x", [2, 3]).Node("Clip", ["x"], ["y"], NodeAttribute.Of("max", 0.25f))
        );

        Assert.Equal(-0.25f, both.Constant(both.Graph.Nodes[0].Inputs[1]).Values<float>()[0]);
        Assert.Equal("", upper.Graph.Nodes[0].Inputs[1]);
    }

    [Fact]
    public void The_fill_value_of_a_Pad_takes_the_type_of_the_data()
    {
        NormalizedModel normalized = Of(
            new GraphBuilder(10)
                .Input("x", [2, 3])
                .Node("Cast", ["x"], ["d"], NodeAttribute.Of("to", (long)ElementType.Double))
                .Node("Identity", ["d"], ["e"])
                .Node("Pad", ["e"], ["p"], NodeAttribute.Of("pads", [0, 1, 0, 0]), NodeAttribute.Of("value", 0.75f))
                .Node("Cast", ["p"], ["y"], NodeAttribute.Of("to", 1L))
                .Output("y")
                .Build()
        );

        Assert.Equal("Cast Pad Cast", normalized.Operators());
        Assert.Equal(0.75, normalized.Constant(normalized.Graph.Nodes[1].Inputs[2]).Values<double>()[0]);
    }

    [Theory]
    [InlineData("constant", 0f)]
    [InlineData("constant", 1.5f)]
    [InlineData("reflect", 0f)]
    [InlineData("edge", 0f)]
    public void Pads_become_an_input(string mode, float value) =>
        Upgraded(
            new GraphBuilder(8)
                .Input("x", [2, 3])
                .Node(
                    "Pad",
                    ["x"],
                    ["y"],
                    NodeAttribute.Of("pads", [0, 1, 1, 2]),
                    NodeAttribute.Of("mode", mode),
                    NodeAttribute.Of("value", value)
                )
        );

    [Fact]
    public void Slice_bounds_become_inputs()
    {
        Upgraded(
            new GraphBuilder(9)
                .Input("x", [4, 5])
                .Node("Slice", ["x"], ["y"], NodeAttribute.Of("starts", [1]), NodeAttribute.Of("ends", [-1]), NodeAttribute.Of("axes", [1]))
        );
        Upgraded(
            new GraphBuilder(9)
                .Input("x", [4, 5])
                .Node("Slice", ["x"], ["y"], NodeAttribute.Of("starts", [1, 0]), NodeAttribute.Of("ends", [int.MaxValue, 2]))
        );
    }

    [Theory]
    [InlineData("Squeeze")]
    [InlineData("Unsqueeze")]
    [InlineData("ReduceSum")]
    public void Axes_become_an_input(string opType)
    {
        Upgraded(new GraphBuilder(11).Input("x", [4, 1, 5]).Node(opType, ["x"], ["y"], NodeAttribute.Of("axes", [1])));
        if (opType != "Unsqueeze")
            Upgraded(new GraphBuilder(11).Input("x", [4, 1, 5]).Node(opType, ["x"], ["y"]));
    }

    [Fact]
    public void Split_sizes_become_an_input()
    {
        Of(
            new GraphBuilder(11)
                .Input("x", [4, 5])
                .Node("Split", ["x"], ["y", "z"], NodeAttribute.Of("split", [2, 3]), NodeAttribute.Of("axis", 1L))
                .Output("y")
                .Output("z")
                .Build()
        );
        Of(
            new GraphBuilder(11)
                .Input("x", [4, 6])
                .Node("Split", ["x"], ["y", "z"], NodeAttribute.Of("axis", 1L))
                .Output("y")
                .Output("z")
                .Build()
        );
    }

    [Fact]
    public void TopK_takes_k_as_an_input() =>
        Of(
            new GraphBuilder(8)
                .Input("x", [4, 6])
                .Node("TopK", ["x"], ["y", "i"], NodeAttribute.Of("k", 2L), NodeAttribute.Of("axis", 1L))
                .Output("y")
                .Output("i", null, ElementType.Int64)
                .Build()
        );

    [Theory]
    [InlineData("Softmax", 1, new long[] { 2, 3, 4 }, "Flatten Softmax Reshape")]
    [InlineData("Softmax", null, new long[] { 2, 3, 4 }, "Flatten Softmax Reshape")]
    [InlineData("Softmax", null, new long[] { 2, 3 }, "Softmax")]
    [InlineData("Softmax", -1, new long[] { 2, 3, 4 }, "Softmax")]
    [InlineData("Softmax", 2, new long[] { 2, 3, 4 }, "Softmax")]
    [InlineData("Softmax", 1, new long[] { 2, 3, 1, 1 }, "Softmax")]
    [InlineData("Softmax", 0, new long[] { 2, 3 }, "Flatten Softmax Reshape")]
    [InlineData("Softmax", -2, new long[] { 2, 3, 4 }, "Flatten Softmax Reshape")]
    [InlineData("LogSoftmax", 1, new long[] { 2, 3, 4 }, "Flatten LogSoftmax Reshape")]
    [InlineData("Hardmax", 1, new long[] { 2, 3, 4 }, "Flatten Hardmax Reshape")]
    public void Softmax_over_flattened_axes_is_spelled_out(string opType, int? axis, long[] shape, string operators)
    {
        NodeAttribute[] attributes = axis is { } value ? [NodeAttribute.Of("axis", (long)value)] : [];
        // The target of the Reshape is found to keep the open batch, so the Shape that upgrading adds goes away again.
        Dimension[] dimensions = ["n", .. shape.Skip(1).Select(size => new Dimension(size))];
        NormalizedModel normalized = Of(
            new GraphBuilder(11).Input("x", dimensions).Node("Neg", ["x"], ["a"]).Node(opType, ["a"], ["y"], attributes).Output("y").Build()
        );

        Assert.Equal($"Neg {operators}", normalized.Operators());
    }

    [Theory]
    [InlineData(8, "nearest")]
    [InlineData(9, "nearest")]
    [InlineData(8, "linear")]
    [InlineData(9, "linear")]
    public void Upsample_becomes_Resize(int opset, string mode)
    {
        float[] scales = [1, 1, 2, 3];
        GraphBuilder builder = new GraphBuilder(opset).Input("x", [1, 2, 4, 5]);
        if (opset == 8)
        {
            builder.Node(
                "Upsample",
                ["x"],
                ["y"],
                NodeAttribute.Of("mode", mode),
                new NodeAttribute("scales", new AttributeValue.FloatList(scales))
            );
        }
        else
        {
            builder.Constant("s", [4], scales).Node("Upsample", ["x", "s"], ["y"], NodeAttribute.Of("mode", mode));
        }

        Assert.Equal("Resize", Upgraded(builder).Operators());
    }

    [Theory]
    [InlineData("nearest", 2f, 1.7f)]
    [InlineData("nearest", 0.5f, 0.6f)]
    [InlineData("linear", 2f, 1.5f)]
    [InlineData("linear", 0.5f, 2f)]
    public void Resize_of_set_10_keeps_its_positions_and_rounding(string mode, float height, float width)
    {
        NormalizedModel normalized = Upgraded(
            new GraphBuilder(10)
                .Input("x", [1, 2, 7, 8])
                .Constant("s", [4], [1, 1, height, width])
                .Node("Resize", ["x", "s"], ["y"], NodeAttribute.Of("mode", mode))
        );

        Assert.Equal("Resize", normalized.Operators());
    }

    [Fact]
    public void Resize_of_set_10_that_enlarges_and_shrinks_by_nearest_is_refused()
    {
        OnnxModel model = new GraphBuilder(10)
            .Input("x", [1, 2, 7, 8])
            .Constant("s", [4], [1f, 1, 0.5f, 2])
            .Node("Resize", ["x", "s"], ["y"])
            .Output("y")
            .Build();

        QuantizationException error = Assert.Throws<QuantizationException>(() => ModelNormalizer.Normalize(model));

        Assert.StartsWith(
            "Node 'Resize_y' (Resize) cannot be brought to operator set 13: it enlarges one axis and shrinks another",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith("Export the model anew with opset 13 or newer.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2f, 1.5f)]
    [InlineData(0.5f, 0.7f)]
    public void Resize_by_tf_half_pixel_is_said_in_other_words(float height, float width)
    {
        NormalizedModel normalized = Upgraded(
            new GraphBuilder(11)
                .Input("x", [1, 2, 7, 8])
                .Constant("roi", [0], Array.Empty<float>())
                .Constant("s", [4], [1, 1, height, width])
                .Node(
                    "Resize",
                    ["x", "roi", "s"],
                    ["y"],
                    NodeAttribute.Of("coordinate_transformation_mode", "tf_half_pixel_for_nn"),
                    NodeAttribute.Of("nearest_mode", "floor")
                )
        );

        Assert.Equal("half_pixel", normalized.Graph.Nodes[0].StringAttribute("coordinate_transformation_mode", ""));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(10)]
    public void Dropout_disappears(int opset) =>
        Assert.Equal(
            "Neg Exp",
            Of(
                    new GraphBuilder(opset)
                        .Input("x", [4])
                        .Node("Neg", ["x"], ["a"])
                        .Node("Dropout", ["a"], ["b", "mask"], NodeAttribute.Of("ratio", 0.3f))
                        .Node("Exp", ["b"], ["y"])
                        .Output("y")
                        .Build()
                )
                .Operators()
        );

    [Fact]
    public void BatchNormalization_of_set_7_loses_its_spatial_flag()
    {
        GraphBuilder Builder(long spatial) =>
            new GraphBuilder(8)
                .Input("x", [1, 2, 3, 3])
                .Constant("g", [2], [1f, 2])
                .Constant("b", [2], [1f, 2])
                .Constant("m", [2], [1f, 2])
                .Constant("v", [2], [1f, 2])
                .Node("BatchNormalization", ["x", "g", "b", "m", "v"], ["y"], NodeAttribute.Of("spatial", spatial))
                .Output("y");

        Assert.Null(Of(Builder(1).Build()).Graph.Nodes[0].Attribute("spatial"));
        QuantizationException error = Assert.Throws<QuantizationException>(() => ModelNormalizer.Normalize(Builder(0).Build()));
        Assert.StartsWith(
            "Node 'BatchNormalization_y' (BatchNormalization) cannot be brought to operator set 13: with spatial = 0",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Scatter_is_renamed()
    {
        NormalizedModel normalized = Upgraded(
            new GraphBuilder(9)
                .Input("x", [3, 3])
                .Constant("i", [1, 3], [0L, 2, 1])
                .Constant("u", [1, 3], [5f, 6, 7])
                .Node("Scatter", ["x", "i", "u"], ["y"])
        );

        Assert.Equal("ScatterElements", normalized.Operators());
    }

    [Fact]
    public void ImageScaler_becomes_arithmetic()
    {
        NormalizedModel normalized = Upgraded(
            new GraphBuilder(8)
                .Input("x", ["n", 2, 3, 3])
                .Node(
                    "ImageScaler",
                    ["x"],
                    ["y"],
                    NodeAttribute.Of("scale", 0.5f),
                    new NodeAttribute("bias", new AttributeValue.FloatList([1, -1]))
                )
        );

        Assert.Equal("Mul Add", normalized.Operators());
    }

    [Fact]
    public void Nodes_inside_subgraphs_are_upgraded()
    {
        Graph Branch(float least) =>
            new GraphBuilder()
                .Node("Clip", ["x"], [$"clip{least}"], NodeAttribute.Of("min", least))
                .Node("Softmax", [$"clip{least}"], [$"soft{least}"])
                .Output($"soft{least}")
                .BuildGraph();
        Node choice = new("If", ["flag"], ["y"], "choice")
        {
            Attributes =
            [
                new("then_branch", new AttributeValue.OfGraph(Branch(-0.5f))),
                new("else_branch", new AttributeValue.OfGraph(Branch(0.5f))),
            ],
        };
        NormalizedModel normalized = Of(
            new GraphBuilder(10)
                .Input("x", [2, 3, 4])
                .Constant("limit", [], [0f])
                .Node("ReduceSum", ["x"], ["sum"], NodeAttribute.Of("keepdims", 0L))
                .Node("Less", ["sum", "limit"], ["flag"])
                .Node(choice)
                .Output("y")
                .Build()
        );

        Assert.All(
            normalized.Graph.Nodes[^1].Subgraphs,
            branch => Assert.Equal("Clip Shape Flatten Softmax Reshape", string.Join(' ', branch.Nodes.Select(node => node.OpType)))
        );
    }

    [Fact]
    public void An_operator_that_no_set_knows_is_refused()
    {
        OnnxModel model = new GraphBuilder(8)
            .Input("x", [2])
            .Node("ScaledTanh", ["x"], ["y"], NodeAttribute.Of("alpha", 1f), NodeAttribute.Of("beta", 1f))
            .Output("y")
            .Build();

        QuantizationException error = Assert.Throws<QuantizationException>(() => ModelNormalizer.Normalize(model));

        Assert.Equal(
            "Node 'ScaledTanh_y' (ScaledTanh) cannot be brought to operator set 13: it is not an operator of sets 7 to 13. Export the "
                + "model anew with opset 13 or newer.",
            error.Message
        );
    }

    [Fact]
    public void A_newer_set_is_left_as_it_is()
    {
        NormalizedModel normalized = Of(
            new GraphBuilder(21).Input("x", [2, 3]).Node("Softmax", ["x"], ["y"], NodeAttribute.Of("axis", 0L)).Output("y").Build()
        );

        Assert.Equal(21, normalized.Model.Opset);
        Assert.Equal(0, normalized.Graph.Nodes[0].IntAttribute("axis", -1));
    }

    private static NormalizedModel Upgraded(GraphBuilder builder)
    {
        NormalizedModel normalized = Of(builder.Output("y").Build());
        Assert.Equal(13, normalized.Model.Opset);
        Assert.Equal(8, normalized.Model.IrVersion);
        return normalized;
    }
}
