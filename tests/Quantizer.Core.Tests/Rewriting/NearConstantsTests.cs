using Quantizer.Graphs;
using Quantizer.Rewriting;

namespace Quantizer.Core.Tests.Rewriting;

public class NearConstantsTests
{
    [Fact]
    public void A_constant_goes_into_the_innermost_body_that_holds_all_its_readers()
    {
        Graph inner = Reading("own", "both"),
            sibling = Reading("both"),
            outer = Choosing(inner, sibling),
            graph = new GraphBuilder()
                .Constant("own", [1], [1f])
                .Constant("both", [1], [2f])
                .Constant("all", [1], [3f])
                .Constant("unread", [1], [4f])
                .Node("If", ["c"], ["y"], NodeAttribute.Of("then_branch", outer), NodeAttribute.Of("else_branch", Reading("all")))
                .Node("Neg", ["all"], ["n"])
                .Output("y")
                .BuildGraph();

        NearConstants.Move(graph, new NameSource(graph));

        Assert.Equal(["all", "unread"], Names(graph));
        Assert.Equal(["both"], Names(outer));
        Assert.Equal(["own"], Names(inner));
        Assert.Empty(Names(sibling));
    }

    [Fact]
    public void What_is_made_of_constants_goes_with_them()
    {
        Graph inner = Reading("w"),
            outer = Choosing(inner, Reading("x")),
            graph = new GraphBuilder()
                .Constant("integers", [1], [1f])
                .Constant("scale", [], [2f])
                .Node("Cast", ["integers"], ["cast"], NodeAttribute.Of("to", 1L))
                .Node("Mul", ["cast", "scale"], ["w"])
                .Node("Mul", ["x", "scale"], ["z"])
                .Node("If", ["c"], ["y"], NodeAttribute.Of("then_branch", outer), NodeAttribute.Of("else_branch", Reading("z")))
                .Output("y")
                .BuildGraph();

        NearConstants.Move(graph, new NameSource(graph));

        Assert.Equal(["Cast", "Mul", "Neg"], inner.Nodes.Select(node => node.OpType));
        Assert.Equal(["integers"], Names(inner));
        Assert.Equal(["scale"], Names(graph));
        Assert.Equal(["Mul", "If"], graph.Nodes.Select(node => node.OpType));
    }

    [Fact]
    public void What_convolutions_of_several_bodies_compute_with_goes_into_each_of_them_under_the_same_name()
    {
        Graph then = Convolving(),
            otherwise = Convolving(),
            graph = new GraphBuilder()
                .Constant("integers", [1, 1, 1, 1], [1f])
                .Constant("scale", [], [2f])
                .Constant("bias", [1], [3f])
                .Constant("product", [1], [4f])
                .Node("Cast", ["integers"], ["cast"], NodeAttribute.Of("to", 1L))
                .Node("Mul", ["cast", "scale"], ["w"])
                .Node("If", ["c"], ["y"], NodeAttribute.Of("then_branch", then), NodeAttribute.Of("else_branch", otherwise))
                .Output("y")
                .BuildGraph();

        NearConstants.Move(graph, new NameSource(graph));

        Assert.Equal(["product"], Names(graph));
        Assert.Equal(["If"], graph.Nodes.Select(node => node.OpType));
        Assert.All(
            [then, otherwise],
            body =>
            {
                Assert.Equal(["integers", "scale", "bias"], Names(body));
                Assert.Equal(["Cast", "Mul", "Conv", "Add"], body.Nodes.Select(node => node.OpType));
                Assert.Equal("w", body.Nodes[1].Outputs[0]);
            }
        );
        // Runtimes tell nodes by their names.
        Assert.Empty(then.Nodes.Take(2).Select(node => node.Name).Intersect(otherwise.Nodes.Take(2).Select(node => node.Name)));

        static Graph Convolving() =>
            new GraphBuilder().Node("Conv", ["x", "w", "bias"], ["v"]).Node("Add", ["v", "product"], ["r"]).Output("r").BuildGraph();
    }

    [Fact]
    public void What_the_graph_gives_out_and_what_a_caller_may_replace_stay()
    {
        Graph body = Reading("given", "declared"),
            graph = new GraphBuilder()
                .Input("declared", [1])
                .Constant("given", [1], [1f])
                .Constant("declared", [1], [2f])
                .Node("If", ["c"], ["y"], NodeAttribute.Of("then_branch", body), NodeAttribute.Of("else_branch", Reading("x")))
                .Output("y")
                .Output("given")
                .BuildGraph();

        NearConstants.Move(graph, new NameSource(graph));

        Assert.Equal(["given", "declared"], Names(graph));
    }

    private static Graph Reading(params string[] tensors)
    {
        GraphBuilder graph = new();
        foreach (string tensor in tensors)
            graph.Node("Neg", [tensor], [$"minus {tensor}"]);
        return graph.Output($"minus {tensors[^1]}").BuildGraph();
    }

    private static Graph Choosing(Graph then, Graph otherwise) =>
        new GraphBuilder()
            .Node("If", ["c"], ["r"], NodeAttribute.Of("then_branch", then), NodeAttribute.Of("else_branch", otherwise))
            .Output("r")
            .BuildGraph();

    private static IEnumerable<string> Names(Graph graph) => graph.Initializers.Select(tensor => tensor.Name);
}
