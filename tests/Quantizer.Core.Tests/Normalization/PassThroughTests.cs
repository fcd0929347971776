using Quantizer.Graphs;
using Quantizer.Normalization;

namespace Quantizer.Core.Tests.Normalization;

public sealed class PassThroughTests
{
    [Fact]
    public void An_inner_Identity_is_removed_and_its_name_remembered()
    {
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder()
                .Input("x", [2])
                .Node("Relu", ["x"], ["a"])
                .Node("Identity", ["a"], ["b"])
                .Node("Neg", ["b"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal("Relu Neg", normalized.Operators());
        Assert.Equal(["b"], normalized.UserTensors["a"]);
    }

    [Fact]
    public void An_Identity_that_makes_a_graph_output_gives_its_name_to_the_node_before()
    {
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder()
                .Input("x", [2])
                .Node("Relu", ["x"], ["a"])
                .Node("Identity", ["a"], ["y"])
                .Node("Neg", ["a"], ["z"])
                .Output("y")
                .Output("z")
                .Build()
        );

        Assert.Equal("Relu Neg", normalized.Operators());
        Assert.Equal("y", normalized.Graph.Nodes[0].Outputs[0]);
        Assert.Equal("y", normalized.Graph.Nodes[1].Inputs[0]);
        Assert.Equal(["a"], normalized.UserTensors["y"]);
        Assert.Equal(["Relu_a", "Identity_y"], normalized.UserNodes["Relu_a"]);
    }

    [Fact]
    public void Identity_between_graph_input_and_output_is_kept()
    {
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder().Input("x", [2]).Node("Identity", ["x"], ["y"]).Output("y").Build()
        );

        Assert.Equal("Identity", normalized.Operators());
    }

    [Fact]
    public void Identity_between_two_graph_outputs_is_kept()
    {
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder().Input("x", [2]).Node("Relu", ["x"], ["y"]).Node("Identity", ["y"], ["z"]).Output("y").Output("z").Build()
        );

        Assert.Equal("Relu Identity", normalized.Operators());
    }

    [Fact]
    public void An_Identity_read_inside_a_subgraph_is_removed_there_too()
    {
        Graph Branch(string op) => new GraphBuilder().Node(op, ["b"], [$"{op}_result"]).Output($"{op}_result").BuildGraph();
        Node choice = new("If", ["flag"], ["y"], "choice")
        {
            Attributes =
            [
                new("then_branch", new AttributeValue.OfGraph(Branch("Neg"))),
                new("else_branch", new AttributeValue.OfGraph(Branch("Exp"))),
            ],
        };
        OnnxModel model = new GraphBuilder()
            .Input("x", [2])
            .Constant("limit", [], [0f])
            .Constant("none", [1], [0L])
            .Node("Relu", ["x"], ["a"])
            .Node("Identity", ["a"], ["b"])
            .Node("ReduceSum", ["x"], ["sum"], NodeAttribute.Of("keepdims", 0L))
            .Node("Less", ["sum", "limit"], ["flag"])
            .Node(choice)
            .Output("y")
            .Build();

        NormalizedModel normalized = NormalizedGraph.Of(model);

        Assert.DoesNotContain(normalized.Graph.Nodes, node => node.OpType == "Identity");
        Assert.All(
            normalized.Graph.Nodes.Single(node => node.OpType == "If").Subgraphs,
            branch => Assert.Equal("a", branch.Nodes[0].Inputs[0])
        );
        Assert.All(choice.Subgraphs, branch => Assert.Equal("b", branch.Nodes[0].Inputs[0]));
    }

    [Fact]
    public void Operators_that_change_nothing_are_removed()
    {
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder()
                .Input("x", ["n", 3])
                .Constant("pads", [4], [0L, 0, 0, 0])
                .Constant("target", [2], [0L, 3])
                .Node("Relu", ["x"], ["a"])
                .Node("Dropout", ["a"], ["b"])
                .Constant("never", [], [0f])
                .Constant(new Tensor("training", ElementType.Bool, [], new byte[] { 1 }))
                .Node("Dropout", ["b", "never", "training"], ["kept"])
                .Node("Cast", ["kept"], ["c"], NodeAttribute.Of("to", (long)ElementType.Float))
                .Node("Transpose", ["c"], ["d"], NodeAttribute.Of("perm", [0, 1]))
                .Node("Pad", ["d", "pads"], ["e"])
                .Node("Reshape", ["e", "target"], ["f"])
                .Node("Flatten", ["f"], ["g"])
                .Node("Concat", ["g"], ["h"], NodeAttribute.Of("axis", 0L))
                .Node("Neg", ["h"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal("Relu Neg", normalized.Operators());
    }

    [Fact]
    public void Operators_that_look_alike_but_change_something_are_kept()
    {
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder()
                .Input("x", [3, 3])
                .Constant("pads", [4], [0L, 1, 0, 0])
                .Constant("target", [2], [2L, 6])
                .Node("Cast", ["x"], ["a"], NodeAttribute.Of("to", (long)ElementType.Double))
                .Node("Transpose", ["a"], ["b"], NodeAttribute.Of("perm", [1, 0]))
                .Node("Pad", ["b", "pads"], ["c"])
                .Node("Reshape", ["c", "target"], ["d"])
                .Output("d", null, ElementType.Double)
                .Build()
        );

        Assert.Equal("Cast Transpose Pad Reshape", normalized.Operators());
    }

    [Fact]
    public void A_Dropout_whose_mask_is_read_is_kept()
    {
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder()
                .Input("x", [2])
                .Node("Dropout", ["x"], ["a", "mask"])
                .Node("Relu", ["a"], ["y"])
                .Output("y")
                .Output("mask", null, ElementType.Bool)
                .Build()
        );

        Assert.Equal("Dropout Relu", normalized.Operators());
    }
}
