using Quantizer.Graphs;
using Quantizer.Work;

namespace Quantizer.Core.Tests.Work;

public class ActivationMemoryTests
{
    private static readonly Dictionary<string, long> Sizes = new()
    {
        ["x"] = 16,
        ["a"] = 100,
        ["b"] = 200,
        ["c"] = 200,
        ["d"] = 50,
        ["v"] = 50,
        ["y"] = 300,
    };

    [Fact]
    public void A_branch_keeps_its_tensor_alive_and_a_view_takes_nothing()
    {
        // After Relu 16 + 100; Tile + 200; Exp + 200 = 516, and b ends; Neg + 50 = 366, and a ends: 266; the view adds nothing;
        // Concat + 300 = 566, where a view with memory of its own would make it 616.
        Assert.Equal(new ActivationMemory(566, "Concat_y", ""), Of(Branched()));
    }

    [Fact]
    public void The_peak_may_lie_in_the_middle()
    {
        ActivationMemory memory = Of(Branched(), tensor => tensor == "y" ? 10 : Sizes[tensor]);

        Assert.Equal(new ActivationMemory(516, "Exp_c", ""), memory);
    }

    [Fact]
    public void Outputs_live_to_the_end_and_an_unread_one_only_at_its_node()
    {
        Graph graph = new GraphBuilder()
            .Input("x", [4])
            .Node("Split", ["x"], ["a", "b"])
            .Node("Exp", ["a"], ["c"])
            .Node("Neg", ["c"], ["d"])
            .Output("a")
            .Output("d")
            .Build()
            .Graph;

        // Split 16 + 100 + 200 = 316, and b, which nobody reads, ends; Exp 116 + 200 = 316; Neg + 50 = 366: a is still there.
        Assert.Equal(new ActivationMemory(366, "Neg_d", ""), Of(graph));
    }

    [Fact]
    public void An_unknown_size_and_a_body_make_it_unknown_and_are_named()
    {
        Graph body = new GraphBuilder().Node("Identity", ["a"], ["inner"]).Output("inner").Build().Graph;
        Graph outer = new GraphBuilder()
            .Input("x", [4])
            .Node("Relu", ["x"], ["a"])
            .Node("If", ["x"], ["y"], NodeAttribute.Of("then_branch", body), NodeAttribute.Of("else_branch", body))
            .Output("y")
            .Build()
            .Graph;

        Assert.Equal(new ActivationMemory(null, "", "d"), Of(Branched(), tensor => tensor == "d" ? null : Sizes[tensor]));
        Assert.Equal(new ActivationMemory(null, "", "x"), Of(Branched(), _ => null));
        Assert.Equal(new ActivationMemory(null, "", "If_y"), Of(outer));
    }

    private static ActivationMemory Of(Graph graph, Func<string, long?>? bytesOf = null) =>
        ActivationMemory.Of(graph, bytesOf ?? (tensor => Sizes[tensor]));

    private static Graph Branched() =>
        new GraphBuilder()
            .Input("x", [4])
            .Constant("w", [1], [1f])
            .Node("Relu", ["x"], ["a"])
            .Node("Tile", ["a", "w"], ["b"])
            .Node("Exp", ["b"], ["c"])
            .Node("Neg", ["a"], ["d"])
            .Node("Reshape", ["d", "w"], ["v"])
            .Node("Concat", ["c", "v"], ["y"])
            .Output("y")
            .Build()
            .Graph;
}
