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

    [Fact]
    public void Answers_side_by_side_are_answers()
    {
        GraphIndex index = new(
            new GraphBuilder()
                .Input("x", [1, 4])
                .Input("z", [1, 4])
                .Node("ArgMin", ["x"], ["first"])
                .Node("ArgMin", ["z"], ["second"])
                .Node("Relu", ["z"], ["value"])
                .Node("Cast", ["value"], ["whole"], NodeAttribute.Of("to", (long)ElementType.Int64))
                .Node("Concat", ["first", "second"], ["codes"], NodeAttribute.Of("axis", 0L))
                .Node("Concat", ["first", "whole"], ["mixed"], NodeAttribute.Of("axis", 0L))
                .BuildGraph()
        );

        Assert.Equal("ArgMin", OutputEnd.Of(index, "codes"));
        Assert.Equal("Concat", OutputEnd.Of(index, "mixed"));
    }

    [Fact]
    public void A_part_of_what_an_operator_computed_is_known_as_such()
    {
        GraphIndex index = new(
            new GraphBuilder()
                .Input("x", [1, 4])
                .Constant("some", [2], [0L, 2])
                .Constant("twice", [2], [1L, 2])
                .Node("Sigmoid", ["x"], ["all"])
                .Node("Gather", ["all", "some"], ["part"])
                .Node("Tile", ["part", "twice"], ["y"])
                .Node("Relu", ["part"], ["changed"])
                .BuildGraph()
        );

        Assert.True(OutputEnd.IsPartOf(index, "y", "Sigmoid"));
        Assert.True(OutputEnd.IsPartOf(index, "all", "Sigmoid"));
        Assert.False(OutputEnd.IsPartOf(index, "changed", "Sigmoid"));
        Assert.False(OutputEnd.IsPartOf(index, "x", "Sigmoid"));
    }
}
