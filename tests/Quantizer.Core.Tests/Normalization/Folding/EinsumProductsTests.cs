using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Normalization.Folding;

public class EinsumProductsTests
{
    [Theory]
    [InlineData("nsd,df->nsf", new long[] { 2, 3, 4 }, new long[] { 4, 5 }, "MatMul")]
    [InlineData("nsd,fd->nsf", new long[] { 2, 3, 4 }, new long[] { 5, 4 }, "MatMul")]
    [InlineData("...d,df->...f", new long[] { 2, 3, 4 }, new long[] { 4, 5 }, "MatMul")]
    [InlineData("bsd,dhk->bshk", new long[] { 2, 3, 4 }, new long[] { 4, 2, 3 }, "MatMul Reshape")]
    [InlineData("bsd,hdk->bshk", new long[] { 2, 3, 4 }, new long[] { 2, 4, 3 }, "MatMul Reshape")]
    [InlineData("bshk,hkd->bsd", new long[] { 2, 3, 2, 4 }, new long[] { 2, 4, 5 }, "Reshape MatMul")]
    [InlineData("bshk,khde->bsde", new long[] { 2, 3, 2, 4 }, new long[] { 4, 2, 5, 3 }, "Reshape MatMul Reshape")]
    // A batch of matrices, a sum over one side alone, an index that stands elsewhere, a diagonal.
    [InlineData("bsd,bdf->bsf", new long[] { 2, 3, 4 }, new long[] { 2, 4, 5 }, "Einsum")]
    [InlineData("bsd,df->bf", new long[] { 2, 3, 4 }, new long[] { 4, 5 }, "Einsum")]
    [InlineData("bds,df->bsf", new long[] { 2, 4, 3 }, new long[] { 4, 5 }, "Einsum")]
    [InlineData("bsd,df->bfs", new long[] { 2, 3, 4 }, new long[] { 4, 5 }, "Einsum")]
    [InlineData("bss,sf->bf", new long[] { 2, 3, 3 }, new long[] { 3, 5 }, "Einsum")]
    public void What_is_a_linear_layer_becomes_one(string equation, long[] shape, long[] weights, string operators)
    {
        NodeAttribute attribute = NodeAttribute.Of("equation", equation);
        float[] values = NormalizedGraph.Values((int)weights.Aggregate(1L, (product, size) => product * size));

        foreach (bool isFirst in new[] { false, true })
        {
            string[] sides = equation.Split("->"),
                terms = sides[0].Split(',');
            NodeAttribute turned = isFirst ? NodeAttribute.Of("equation", $"{terms[1]},{terms[0]}->{sides[1]}") : attribute;
            GraphBuilder graph = new GraphBuilder()
                .Input("x", [.. shape.Select(size => new Dimension(size))])
                .Constant("w", weights, values)
                .Node("Einsum", isFirst ? ["w", "x"] : ["x", "w"], ["y"], turned)
                .Output("y");

            Assert.Equal(operators, NormalizedGraph.Of(graph.Build()).Operators());
        }
    }
}
