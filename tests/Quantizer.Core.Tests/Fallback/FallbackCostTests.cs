using Quantizer.Fallback;
using Quantizer.Graphs;
using Quantizer.Work;

namespace Quantizer.Core.Tests.Fallback;

public sealed class FallbackCostTests
{
    [Fact]
    public void A_part_is_worth_its_error_for_the_work_that_it_costs()
    {
        Func<IReadOnlyList<string>, double> cost = FallbackCost.OfWork(Work(("cheap", 1_000_000), ("dear", 100_000_000)));

        Assert.True(Part("cheap", cost, 0.01).Merit > Part("dear", cost, 0.1).Merit);
    }

    [Fact]
    public void A_part_without_work_does_not_come_first_for_that()
    {
        Func<IReadOnlyList<string>, double> cost = FallbackCost.OfWork(Work(("none", 0), ("some", 100_000)));

        Assert.True(Part("some", cost, 0.01).Merit > Part("none", cost, 0.001).Merit);
    }

    [Fact]
    public void Where_only_weights_are_given_back_their_bytes_are_the_cost()
    {
        Graph graph = new GraphBuilder()
            .Input("x", [1, 4])
            .Constant("w1", [4, 100], new float[400])
            .Constant("w2", [100, 2], new float[200])
            .Node(new Node("MatMul", ["x", "w1"], ["hidden"], "first"))
            .Node(new Node("MatMul", ["hidden", "w2"], ["y"], "second"))
            .Output("y", [1, 2])
            .Build()
            .Graph;
        Func<IReadOnlyList<string>, double> cost = FallbackCost.OfBytes(graph);

        Assert.Equal(1601, cost(["first"]));
        Assert.Equal(2401, cost(["first", "second"]));
        Assert.Equal(1, cost(["none of it"]));
    }

    private static WorkCount Work(params (string Node, long Macs)[] nodes) =>
        new(nodes.ToDictionary(node => node.Node, node => (long?)node.Macs));

    private static FallbackPart Part(string node, Func<IReadOnlyList<string>, double> cost, double error) =>
        new([node], cost([node]), error);
}
