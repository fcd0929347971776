using Quantizer.Graphs;
using Quantizer.Normalization;

namespace Quantizer.Core.Tests.Normalization.Repairs;

public sealed class TopologicalOrderTests
{
    [Fact]
    public void Nodes_move_behind_what_they_read_and_no_further()
    {
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder()
                .Input("x", [2])
                .Node("Tanh", ["b"], ["y"])
                .Node("Sigmoid", ["a"], ["b"])
                .Node("Abs", ["x"], ["z"])
                .Node("Sin", ["x"], ["a"])
                .Output("y")
                .Output("z")
                .Build()
        );

        Assert.Equal("Sin Sigmoid Tanh Abs", normalized.Operators());
        Assert.Contains(normalized.Notes, note => note.Pass == "sort nodes");
    }

    [Fact]
    public void A_sorted_graph_stays_as_it_is()
    {
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder()
                .Input("x", [2])
                .Node("Sin", ["x"], ["a"])
                .Node("Abs", ["x"], ["z"])
                .Node("Tanh", ["a"], ["y"])
                .Output("y")
                .Output("z")
                .Build()
        );

        Assert.Equal("Sin Abs Tanh", normalized.Operators());
        Assert.DoesNotContain(normalized.Notes, note => note.Pass == "sort nodes");
    }

    [Fact]
    public void Nodes_inside_the_branches_of_an_If_are_sorted_and_what_they_read_outside_comes_first()
    {
        OnnxModel sorted = WithBranches(),
            unsorted = WithBranches();
        unsorted.Graph.Nodes.Reverse();
        foreach (Graph branch in unsorted.Graph.Nodes.SelectMany(node => node.Subgraphs))
            branch.Nodes.Reverse();

        NormalizedModel normalized = ModelNormalizer.Normalize(unsorted);

        Equivalence.Assert(sorted, normalized.Model);
        Assert.Equal("If", normalized.Graph.Nodes[^1].OpType);
        Assert.All(
            normalized.Graph.Nodes[^1].Subgraphs,
            subgraph => Assert.Equal(["Sin", "Tanh"], subgraph.Nodes.Select(node => node.OpType))
        );
    }

    private static OnnxModel WithBranches() =>
        new GraphBuilder()
            .Input("x", [2])
            .Node("Abs", ["x"], ["a"])
            .Node("ReduceSum", ["x"], ["total"], NodeAttribute.Of("keepdims", 0L))
            .Node("Cast", ["total"], ["yes"], NodeAttribute.Of("to", (long)ElementType.Bool))
            .Node("If", ["yes"], ["y"], NodeAttribute.Of("then_branch", Branch()), NodeAttribute.Of("else_branch", Branch()))
            .Output("y")
            .Build();

    private static Graph Branch() =>
        new GraphBuilder().Node("Sin", ["a"], ["inner"]).Node("Tanh", ["inner"], ["result"]).Output("result").BuildGraph();
}
