using Quantizer.Graphs;
using Quantizer.Normalization;
using static Quantizer.Core.Tests.Normalization.NormalizedGraph;

namespace Quantizer.Core.Tests.Normalization.Opsets;

/// <summary>Tensors that are made larger or smaller. Each test runs the model in its old operator set and the upgraded one, and
/// compares.</summary>
public sealed class ResizeUpgradeTests
{
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
}
