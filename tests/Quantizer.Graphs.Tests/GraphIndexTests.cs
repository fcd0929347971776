namespace Quantizer.Graphs.Tests;

public sealed class GraphIndexTests
{
    [Fact]
    public void Nodes_that_are_added_changed_and_removed_are_followed()
    {
        Graph graph = new GraphBuilder().Input("x", [1]).Node("Sin", ["x"], ["a"]).Node("Cos", ["a"], ["b"]).Output("b").BuildGraph();
        GraphIndex index = new(graph);
        Node added = new("Tan", ["a"], ["c"]);

        index.Add(added);
        index.Set(Tensor.FromFloats("w", [1], [2f]));
        graph.Nodes[1].Inputs[0] = "c";
        index.Refresh(graph.Nodes[1]);

        Assert.Same(added, index.ProducerOf("c"));
        Assert.Equal([added], index.ReadersOf("a"));
        Assert.Equal([graph.Nodes[1]], index.ReadersOf("c"));
        Assert.NotNull(index.ConstantOf("w"));

        index.Remove(added);

        Assert.Null(index.ProducerOf("c"));
        Assert.Empty(index.ReadersOf("a"));
    }

    [Fact]
    public void A_name_that_another_node_makes_by_now_stays_that_nodes()
    {
        Node first = new("Sin", ["x"], ["a"]),
            second = new("Cos", ["x"], ["a"]);
        GraphIndex index = new(new GraphBuilder().Input("x", [1]).Node(first).BuildGraph());
        index.Add(second);

        index.Remove(first);

        Assert.Same(second, index.ProducerOf("a"));
        Assert.Equal([second], index.ReadersOf("x"));
    }

    [Fact]
    public void Producers_and_readers_are_found()
    {
        Graph graph = new GraphBuilder()
            .Input("x", [1])
            .Constant("w", [1], [1f])
            .Node("Split", ["x"], ["a", "b"])
            .Node("Add", ["a", "w"], ["c"])
            .Node("Mul", ["a", "b"], ["d"])
            .Output("d")
            .BuildGraph();

        GraphIndex index = new(graph);

        Assert.Same(graph.Nodes[0], index.ProducerOf("b"));
        Assert.Null(index.ProducerOf("x"));
        Assert.Null(index.ProducerOf("w"));
        Assert.Equal([graph.Nodes[1], graph.Nodes[2]], index.ReadersOf("a"));
        Assert.Empty(index.ReadersOf("d"));
        Assert.True(index.IsInput("x"));
        Assert.False(index.IsInput("a"));
        Assert.True(index.IsOutput("d"));
        Assert.False(index.IsOutput("c"));
    }

    [Fact]
    public void A_node_that_reads_a_tensor_twice_is_one_reader()
    {
        Graph graph = new GraphBuilder().Input("x", [1]).Node("Mul", ["x", "x"], ["y"]).BuildGraph();
        Assert.Equal([graph.Nodes[0]], new GraphIndex(graph).ReadersOf("x"));
    }

    [Fact]
    public void Omitted_inputs_and_outputs_are_no_tensors()
    {
        Graph graph = new GraphBuilder().Input("x", [1]).Node("Clip", ["x", "", "max"], ["y", ""]).BuildGraph();

        GraphIndex index = new(graph);

        Assert.Null(index.ProducerOf(""));
        Assert.Empty(index.ReadersOf(""));
        Assert.Equal([graph.Nodes[0]], index.ReadersOf("max"));
    }

    [Fact]
    public void What_a_subgraph_reads_from_outside_is_read_by_its_node()
    {
        Graph body = new GraphBuilder()
            .Input("own", [1])
            .Constant("constant", [1], [1f])
            .Node("Add", ["own", "outer"], ["made"])
            .Node("Mul", ["made", "constant"], ["result"])
            .Output("result")
            .Output("passed")
            .BuildGraph();
        Graph graph = new GraphBuilder().Node("Loop", ["count", "", "start"], ["y"], NodeAttribute.Of("body", body)).BuildGraph();

        string[] read = [.. GraphIndex.ReadBy(graph.Nodes[0])];

        Assert.Equal(["count", "start", "outer", "passed"], read);
        Assert.Equal([graph.Nodes[0]], new GraphIndex(graph).ReadersOf("outer"));
    }

    [Fact]
    public void Reads_pass_through_nested_subgraphs()
    {
        Graph inner = new GraphBuilder().Node("Add", ["far", "near"], ["sum"]).Output("sum").BuildGraph();
        Graph middle = new GraphBuilder()
            .Node("Relu", ["x"], ["near"])
            .Node("If", ["condition"], ["z"], NodeAttribute.Of("then_branch", inner))
            .Output("z")
            .BuildGraph();
        Node node = new("If", ["condition"], ["y"]) { Attributes = [NodeAttribute.Of("then_branch", middle)] };

        Assert.Equal(["condition", "condition", "far", "x"], GraphIndex.ReadBy(node).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Graphs_in_a_list_count_as_subgraphs()
    {
        Graph branch = new GraphBuilder().Node("Relu", ["outer"], ["y"]).Output("y").BuildGraph();
        Node node = new("Choose", [], ["y"])
        {
            Attributes = [new NodeAttribute("branches", new AttributeValue.GraphList([branch, branch]))],
        };

        Assert.Equal(["outer"], GraphIndex.ReadBy(node).Distinct());
    }

    [Fact]
    public void A_constant_that_a_caller_may_override_is_none()
    {
        Graph graph = new GraphBuilder().Input("w", [1]).Constant("w", [1], [1f]).Constant("v", [1], [2f]).BuildGraph();

        GraphIndex index = new(graph);

        Assert.Null(index.ConstantOf("w"));
        Assert.Same(graph.Initializers[1], index.ConstantOf("v"));
        Assert.Null(index.ConstantOf("u"));
    }

    [Fact]
    public void The_index_of_a_body_knows_what_is_around_it_unless_the_body_has_its_own()
    {
        Graph body = new GraphBuilder().Input("mine", []).Constant("w", [1], [2f]).Node("Neg", ["outer"], ["made"]).BuildGraph();
        GraphIndex around = new(
            new GraphBuilder()
                .Constant("w", [1], [1f])
                .Constant("v", [1], [3f])
                .Constant("mine", [1], [4f])
                .Node("Abs", ["x"], ["outer"])
                .Node("Abs", ["outer"], ["made"])
                .BuildGraph()
        );

        GraphIndex index = new(body, around);

        Assert.Equal([2f], index.ConstantOf("w")!.Values<float>().ToArray());
        Assert.Equal([3f], index.ConstantOf("v")!.Values<float>().ToArray());
        Assert.Null(index.ConstantOf("mine"));
        Assert.Equal("Abs", index.ProducerOf("outer")?.OpType);
        Assert.Equal("Neg", index.ProducerOf("made")?.OpType);
        Assert.Null(index.ProducerOf("mine"));
    }
}
