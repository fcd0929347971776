namespace Quantizer.Graphs.Tests;

public sealed class GraphPrinterTests
{
    [Fact]
    public void A_graph_is_one_line_an_input_constant_node_and_output()
    {
        Graph branch = new GraphBuilder().Node("Relu", ["h"], ["r"]).Output("r", [1]).BuildGraph();
        branch.Name = "then";
        Graph graph = new GraphBuilder()
            .Input("x", ["batch", 3], ElementType.UInt8)
            .Constant("w", [2], [0.5f, -1f])
            .Constant(Tensor.FromInt8s("z", [], [-7]))
            .Constant("big", [9], new float[9])
            .Node(
                "Clip",
                ["x", "", "w"],
                ["h"],
                NodeAttribute.Of("mode", "hard"),
                NodeAttribute.Of("alpha", 0.25f),
                NodeAttribute.Of("axes", [1L, -1L])
            )
            .Node(new Node("QGemm", ["h"], ["g", ""], domain: "com.microsoft"))
            .Node("If", ["g"], ["y"], NodeAttribute.Of("then_branch", branch))
            .Node("Constant", [], ["c"], NodeAttribute.Of("value", Tensor.FromInt64s("", [1], [4])))
            .Output("y")
            .BuildGraph();

        Assert.Equal(
            """
            input x: UInt8[batch,3]
            constant w: Float[2] {0.5,-1}
            constant z: Int8[] {-7}
            constant big: Float[9]
            h = Clip(x, -, w) {alpha=0.25, axes=[1,-1], mode="hard"}
            g, - = com.microsoft.QGemm(h)
            y = If(g)
              subgraph then
                r = Relu(h)
                output r: Float[1]
            c = Constant() {value=: Int64[1] {4}}
            output y: Float[?]

            """,
            GraphPrinter.Print(graph)
        );
    }

    [Fact]
    public void Lists_and_opaque_values_are_shown()
    {
        Node node = new("Op", [], ["y"])
        {
            Attributes =
            [
                NodeAttribute.Of("f", [1.5f, 2f]),
                new NodeAttribute("o", new AttributeValue.Opaque()),
                new NodeAttribute("s", new AttributeValue.StringList(["a"u8.ToArray(), "b"u8.ToArray()])),
            ],
        };

        Assert.Equal("y = Op() {f=[1.5,2], o=?, s=[\"a\",\"b\"]}\n", GraphPrinter.Print(new GraphBuilder().Node(node).BuildGraph()));
    }
}
