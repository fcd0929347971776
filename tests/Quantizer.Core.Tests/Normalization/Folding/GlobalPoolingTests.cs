using Quantizer.Graphs;
using Quantizer.Normalization;
using static Quantizer.Core.Tests.Normalization.NormalizedGraph;

namespace Quantizer.Core.Tests.Normalization.Folding;

public sealed class GlobalPoolingTests
{
    [Theory]
    [InlineData(new long[] { 2, 3 }, 1L, "GlobalAveragePool")]
    [InlineData(new long[] { -1, -2 }, 1L, "GlobalAveragePool")]
    [InlineData(new long[] { 2, 3 }, 0L, "GlobalAveragePool Flatten")]
    [InlineData(new long[] { 3 }, 1L, "ReduceMean")]
    [InlineData(new long[] { 1, 2 }, 1L, "ReduceMean")]
    [InlineData(new long[] { 1, 2, 3 }, 0L, "ReduceMean")]
    public void A_mean_over_exactly_the_spatial_axes_becomes_a_global_pool(long[] axes, long keepsAxes, string expected)
    {
        NormalizedModel attribute = Of(
            new GraphBuilder(opset: 17)
                .Input("x", ["n", 3, 4, 5])
                .Node("ReduceMean", ["x"], ["y"], NodeAttribute.Of("axes", axes), NodeAttribute.Of("keepdims", keepsAxes))
                .Output("y")
                .Build()
        );
        NormalizedModel input = Of(
            new GraphBuilder(opset: 18)
                .Input("x", ["n", 3, 4, 5])
                .Constant("axes", [axes.Length], axes)
                .Node("ReduceMean", ["x", "axes"], ["y"], NodeAttribute.Of("keepdims", keepsAxes))
                .Output("y")
                .Build()
        );

        Assert.Equal(expected, attribute.Operators());
        Assert.Equal(expected, input.Operators());
        Assert.Equal("ReduceMean_y", attribute.Graph.Nodes[0].Name);
        Assert.All(attribute.UserNodes.Values, names => Assert.Equal(["ReduceMean_y"], names));
        Assert.All(attribute.Graph.Nodes.SelectMany(node => node.Outputs), output => Assert.NotNull(attribute.Tensors[output].Shape));
    }

    [Fact]
    public void A_mean_over_all_axes_is_kept()
    {
        Assert.Equal(
            "ReduceMean",
            Of(new GraphBuilder(opset: 17).Input("x", ["n", 3, 4, 5]).Node("ReduceMean", ["x"], ["y"]).Output("y").Build()).Operators()
        );
    }

    [Theory]
    [InlineData(4, 5, 0, "GlobalAveragePool")]
    [InlineData(4, 4, 0, "AveragePool")]
    [InlineData(4, 5, 1, "AveragePool")]
    public void A_pool_as_large_as_its_input_becomes_a_global_pool(long height, long width, long pad, string expected)
    {
        NormalizedModel normalized = Of(
            new GraphBuilder()
                .Input("x", ["n", 3, 4, 5])
                .Node(
                    "AveragePool",
                    ["x"],
                    ["y"],
                    NodeAttribute.Of("kernel_shape", [height, width]),
                    NodeAttribute.Of("pads", [pad, pad, pad, pad])
                )
                .Output("y")
                .Build()
        );

        Assert.Equal(expected, normalized.Operators());
    }
}
