using Quantizer.Graphs;
using Quantizer.Patterns;

namespace Quantizer.Core.Tests.Patterns;

public class KnownPatternsTests
{
    private const int Width = 8;

    private static readonly Dictionary<string, (GraphPattern Pattern, Func<GraphBuilder, GraphBuilder> Write, int Nodes)> Written = new()
    {
        ["gelu"] = (KnownPatterns.Gelu, graph => graph.Gelu("y", "x"), 5),
        ["layer normalization"] = (KnownPatterns.LayerNormalization, graph => graph.LayerNormalization("y", "x", Width), 9),
        ["rms normalization"] = (KnownPatterns.RmsNormalization, graph => graph.RmsNormalization("y", "x", Width), 7),
        ["hard swish"] = (KnownPatterns.HardSwish, graph => graph.HardSwish("y", "x"), 4),
        ["silu"] = (KnownPatterns.Silu, graph => graph.Silu("y", "x"), 2),
    };

    public static TheoryData<string> Names => [.. Written.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_is_found_whole_at_the_node_that_makes_it_and_nowhere_else(string name)
    {
        (GraphPattern pattern, Func<GraphBuilder, GraphBuilder> write, int nodes) = Written[name];
        OnnxModel model = write(new GraphBuilder().Input("x", [2, Width])).Output("y").Build();
        GraphIndex index = new(model.Graph);

        PatternMatch match = Assert.Single(model.Graph.Nodes.Select(node => pattern.Match(node, index)).OfType<PatternMatch>());

        Assert.Equal("y", match.Nodes[0].Outputs[0]);
        Assert.Equal(nodes, match.Nodes.Count);
        Assert.Equal(model.Graph.Nodes.Count, match.Nodes.Count);
        Assert.Equal("x", match.Values["x"]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_whose_inner_value_is_read_elsewhere_is_none(string name)
    {
        (GraphPattern pattern, Func<GraphBuilder, GraphBuilder> write, _) = Written[name];
        OnnxModel model = write(new GraphBuilder().Input("x", [2, Width])).Output("y").Build();
        model.Graph.Outputs.Add(new ValueInfo(model.Graph.Nodes[0].Outputs[0], ElementType.Float, null));
        GraphIndex index = new(model.Graph);

        Assert.All(model.Graph.Nodes, node => Assert.Null(pattern.Match(node, index)));
    }

    [Fact]
    public void Another_constant_is_another_function()
    {
        OnnxModel model = new GraphBuilder().Input("x", [2, Width]).Gelu("y", "x").Output("y").Build();
        model.Graph.Initializers.RemoveAll(tensor => tensor.Name == "y_half");
        model.Graph.Initializers.Add(Tensor.FromFloats("y_half", [], [0.4f]));

        Assert.Null(KnownPatterns.Gelu.Match(model.Graph.Nodes[^1], new GraphIndex(model.Graph)));
    }

    [Fact]
    public void Operands_may_stand_in_either_order()
    {
        OnnxModel model = new GraphBuilder().Input("x", [2, Width]).Gelu("y", "x").Output("y").Build();
        foreach (Node node in model.Graph.Nodes)
        {
            if (node.OpType is "Add" or "Mul")
                node.Inputs.Reverse();
        }

        Assert.NotNull(KnownPatterns.Gelu.Match(model.Graph.Nodes[^1], new GraphIndex(model.Graph)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_attention_is_its_two_products_and_all_between_them(bool hasMask)
    {
        GraphBuilder builder = new GraphBuilder()
            .Input("q", [1, 4, 8])
            .Input("k", [1, 8, 4])
            .Input("v", [1, 4, 8])
            .Input("m", [1, 4, 4])
            .Constant("s", [], [0.35f])
            .Node("MatMul", ["q", "k"], ["scores"])
            .Node("Mul", ["scores", "s"], ["scaled"]);
        if (hasMask)
            builder.Node("Add", ["scaled", "m"], ["masked"]);
        OnnxModel model = builder
            .Node("Softmax", [hasMask ? "masked" : "scaled"], ["shares"])
            .Node("MatMul", ["shares", "v"], ["y"])
            .Output("y")
            .Build();

        PatternMatch? match = KnownPatterns.Attention.Match(model.Graph.Nodes[^1], new GraphIndex(model.Graph));

        Assert.Equal(model.Graph.Nodes.Count, match?.Nodes.Count);
        Assert.Equal("v", match?.Values["values"]);
    }

    [Fact]
    public void A_linear_layer_names_its_product_last_and_its_bias()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [2, Width])
            .Constant("w", [Width, 1], new float[Width])
            .Constant("b", [1], [1f])
            .Node("MatMul", ["x", "w"], ["product"])
            .Node("Add", ["b", "product"], ["y"])
            .Output("y")
            .Build();

        PatternMatch? match = KnownPatterns.Linear.Match(model.Graph.Nodes[^1], new GraphIndex(model.Graph));

        Assert.Equal(["Add", "MatMul"], match?.Nodes.Select(node => node.OpType));
        Assert.Equal("b", match?.Values["bias"]);
    }
}
