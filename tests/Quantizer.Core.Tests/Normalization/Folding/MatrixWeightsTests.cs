using Quantizer.Graphs;
using Quantizer.Normalization;
using static Quantizer.Core.Tests.Normalization.NormalizedGraph;

namespace Quantizer.Core.Tests.Normalization.Folding;

public sealed class MatrixWeightsTests
{
    [Theory]
    [InlineData(new long[] { 5, 4 }, new long[] { 1, 4, 3 }, "MatMul Unsqueeze")]
    [InlineData(new long[] { 2, 5, 4 }, new long[] { 1, 4, 3 }, "MatMul")]
    [InlineData(new long[] { 2, 5, 4 }, new long[] { 1, 1, 4, 3 }, "MatMul Unsqueeze")]
    [InlineData(new long[] { 2, 3, 5, 4 }, new long[] { 1, 4, 3 }, "MatMul")]
    public void Leading_axes_of_one_leave_the_weights(long[] input, long[] weights, string expected)
    {
        NormalizedModel normalized = Of(
            new GraphBuilder()
                .Input("x", [.. input.Select(size => new Dimension(size))])
                .Constant("w", weights, Values(12))
                .Node("MatMul", ["x", "w"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal(expected, normalized.Operators());
        Assert.Equal([4L, 3], normalized.Constant(normalized.Graph.Nodes[0].Inputs[1]).Dimensions);
    }

    [Fact]
    public void Weights_behind_a_Transpose_are_a_matrix_too_and_are_written_once()
    {
        NormalizedModel normalized = Of(
            new GraphBuilder()
                .Input("x", [2, 4, 4])
                .Constant("w", [1, 4, 4], Values(16))
                .Node("Transpose", ["w"], ["turned"], NodeAttribute.Of("perm", [0L, 2L, 1L]))
                .Node("MatMul", ["x", "turned"], ["a"])
                .Node("MatMul", ["a", "turned"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal("MatMul MatMul", normalized.Operators());
        Assert.Equal([4L, 4], Assert.Single(normalized.Graph.Initializers).Dimensions);
    }

    [Fact]
    public void Weights_of_a_real_batch_stay()
    {
        NormalizedModel normalized = Of(
            new GraphBuilder()
                .Input("x", [2, 5, 4])
                .Constant("w", [2, 4, 3], Values(24))
                .Node("MatMul", ["x", "w"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal([2L, 4, 3], Assert.Single(normalized.Graph.Initializers).Dimensions);
    }
}
