using Quantizer.Graphs;
using Quantizer.Normalization;
using static Quantizer.Core.Tests.Normalization.NormalizedGraph;

namespace Quantizer.Core.Tests.Normalization.Opsets;

/// <summary>Each test runs the model in its old operator set and the upgraded one, and compares.</summary>
public sealed class OpsetUpgradeTests
{
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
}
