using Quantizer.Graphs;
using Quantizer.Normalization;
using static Quantizer.Core.Tests.Normalization.NormalizedGraph;

namespace Quantizer.Core.Tests.Normalization.Folding;

public sealed class VectorBiasesTests
{
    [Theory]
    [InlineData(new long[] { 1, 3 }, false)]
    [InlineData(new long[] { 1, 3 }, true)]
    [InlineData(new long[] { 1, 1, 3 }, false)]
    public void Leading_axes_of_one_leave_the_bias(long[] bias, bool isFirst)
    {
        NormalizedModel normalized = Of(Linear([2, 5, 4], bias, isFirst));

        Assert.Equal("MatMul Add", normalized.Operators());
        Assert.Equal([3L], normalized.Constant(normalized.Graph.Nodes[1].Inputs[isFirst ? 0 : 1]).Dimensions);
    }

    [Theory]
    [InlineData(new long[] { 1, 1, 1, 3 })]
    [InlineData(new long[] { 1, 5, 3 })]
    [InlineData(new long[] { 2, 1, 3 })]
    [InlineData(new long[] { 1, 5, 1 })]
    public void One_of_more_axes_than_the_product_and_one_of_several_rows_stay(long[] bias)
    {
        NormalizedModel normalized = Of(Linear([2, 5, 4], bias, isFirst: false));

        Assert.Equal(bias, normalized.Constant(normalized.Graph.Nodes[1].Inputs[1]).Dimensions);
    }

    private static OnnxModel Linear(long[] input, long[] bias, bool isFirst) =>
        new GraphBuilder()
            .Input("x", [.. input.Select(size => new Dimension(size))])
            .Constant("w", [4, 3], Values(12))
            .Node("MatMul", ["x", "w"], ["product"])
            .Constant("b", bias, Values((int)bias.Aggregate((all, size) => all * size)))
            .Node("Add", isFirst ? ["b", "product"] : ["product", "b"], ["y"])
            .Output("y")
            .Build();
}
