using Quantizer.Comparison.Tasks.Recognition;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Comparison.Tasks.Recognition;

public class OutputEndTests
{
    [Fact]
    public void What_only_moves_values_and_a_bias_are_looked_through()
    {
        GraphIndex index = new(
            new GraphBuilder()
                .Input("x", [1, 4])
                .Constant("w", [4, 2], new float[8])
                .Constant("b", [2], new float[2])
                .Constant("shape", [2], [1L, 2])
                .Node("MatMul", ["x", "w"], ["product"])
                .Node("Add", ["b", "product"], ["sum"])
                .Node("Reshape", ["sum", "shape"], ["y"])
                .Node("Mul", ["sum", "b"], ["scaled"])
                .Node("Add", ["scaled", "b"], ["normalized"])
                .Node("Add", ["sum", "product"], ["both"])
                .BuildGraph()
        );

        Assert.Equal("MatMul", OutputEnd.Of(index, "y"));
        Assert.Equal("LayerNormalization", OutputEnd.Of(index, "normalized"));
        Assert.Equal("Add", OutputEnd.Of(index, "both"));
        Assert.Equal("", OutputEnd.Of(index, "x"));
    }
}
