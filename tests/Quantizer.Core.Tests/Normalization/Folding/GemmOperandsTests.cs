using Quantizer.Graphs;
using Quantizer.Normalization;
using static Quantizer.Core.Tests.Normalization.NormalizedGraph;

namespace Quantizer.Core.Tests.Normalization.Folding;

public sealed class GemmOperandsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_scalar_bias_becomes_one_per_column(long turned)
    {
        NormalizedModel normalized = Of(Start(turnsData: 0, turned, []).Build());

        Node gemm = Assert.Single(normalized.Graph.Nodes);
        Assert.Equal([3L], normalized.Constant(gemm.Inputs[2]).Dimensions);
    }

    [Fact]
    public void Data_that_are_taken_transposed_get_a_Transpose()
    {
        NormalizedModel normalized = Of(Start(turnsData: 1, turnsWeights: 0, [3]).Build());

        Assert.Equal("Transpose Gemm", normalized.Operators());
        Assert.Null(normalized.Graph.Nodes[1].Attribute("transA"));
        Assert.All(normalized.Graph.Nodes, node => Assert.Equal(["Gemm_y"], normalized.UserNodes[node.Name]));
    }

    private static GraphBuilder Start(long turnsData, long turnsWeights, long[] bias) =>
        new GraphBuilder()
            .Input("x", turnsData == 0 ? [5, 4] : [4, 5])
            .Constant("w", turnsWeights == 0 ? [4, 3] : [3, 4], Values(12))
            .Constant("b", bias, Values((int)bias.Aggregate(1L, (product, size) => product * size), seed: 2))
            .Node("Gemm", ["x", "w", "b"], ["y"], NodeAttribute.Of("transA", turnsData), NodeAttribute.Of("transB", turnsWeights))
            .Output("y");
}
