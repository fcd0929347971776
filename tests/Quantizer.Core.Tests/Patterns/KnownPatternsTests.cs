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

    private static readonly Dictionary<string, (GraphPattern Pattern, Func<GraphBuilder, GraphBuilder> Write)> Spellings = new()
    {
        ["x * clip(x + 3, 0, 6) * (1 / 6)"] = (
            KnownPatterns.HardSwish,
            graph => Clipped(graph).Node("Mul", ["clip", "x"], ["p"]).Node("Mul", ["sixth", "p"], ["y"])
        ),
        ["x * (clip(x + 3, 0, 6) / 6)"] = (
            KnownPatterns.HardSwish,
            graph => Clipped(graph).Node("Div", ["clip", "six"], ["p"]).Node("Mul", ["x", "p"], ["y"])
        ),
        ["x / 6 * clip(x + 3, 0, 6)"] = (
            KnownPatterns.HardSwish,
            graph => Clipped(graph).Node("Div", ["x", "six"], ["p"]).Node("Mul", ["p", "clip"], ["y"])
        ),
        ["x * min(relu(x + 3), 6) / 6"] = (
            KnownPatterns.HardSwish,
            graph =>
                Numbers(graph)
                    .Node("Add", ["three", "x"], ["s"])
                    .Node("Relu", ["s"], ["r"])
                    .Node("Min", ["six", "r"], ["clip"])
                    .Node("Mul", ["x", "clip"], ["p"])
                    .Node("Div", ["p", "six"], ["y"])
        ),
        ["x * clip(x / 6 + 0.5, 0, 1)"] = (
            KnownPatterns.HardSwish,
            graph =>
                Numbers(graph)
                    .Node("Div", ["x", "six"], ["d"])
                    .Node("Add", ["d", "half"], ["s"])
                    .Node("Clip", ["s", "zero", "one"], ["clip"])
                    .Node("Mul", ["x", "clip"], ["y"])
        ),
        ["x * HardSigmoid(x)"] = (KnownPatterns.HardSwish, graph => HardSigmoid(graph, 1f / 6f)),
        ["x * sigmoid(1.7 x)"] = (
            KnownPatterns.Silu,
            graph =>
                graph
                    .Constant("alpha", [], [1.7f])
                    .Node("Mul", ["alpha", "x"], ["s"])
                    .Node("Sigmoid", ["s"], ["g"])
                    .Node("Mul", ["g", "x"], ["y"])
        ),
        ["x / (1 + exp(-x))"] = (
            KnownPatterns.Silu,
            graph =>
                Numbers(graph)
                    .Node("Neg", ["x"], ["n"])
                    .Node("Exp", ["n"], ["e"])
                    .Node("Add", ["e", "one"], ["s"])
                    .Node("Div", ["x", "s"], ["y"])
        ),
        ["x * (erf(x / root) / 2 + 0.5)"] = (
            KnownPatterns.Gelu,
            graph =>
                Numbers(graph)
                    .Constant("root", [], [1.4142135f])
                    .Node("Div", ["x", "root"], ["d"])
                    .Node("Erf", ["d"], ["e"])
                    .Node("Mul", ["e", "half"], ["h"])
                    .Node("Add", ["h", "half"], ["s"])
                    .Node("Mul", ["x", "s"], ["y"])
        ),
        ["x / 2 * (1 + tanh(...))"] = (KnownPatterns.TanhGelu, TanhGelu),
    };

    public static TheoryData<string> SpellingNames => [.. Spellings.Keys];

    [Theory]
    [MemberData(nameof(SpellingNames))]
    public void Every_spelling_is_found_whole(string name)
    {
        (GraphPattern pattern, Func<GraphBuilder, GraphBuilder> write) = Spellings[name];
        OnnxModel model = write(new GraphBuilder().Input("x", [2, Width])).Output("y").Build();

        PatternMatch? match = pattern.Match(model.Graph.Nodes[^1], new GraphIndex(model.Graph));

        Assert.Equal(model.Graph.Nodes.Count, match?.Nodes.Count);
        Assert.Equal("x", match?.Values["x"]);
    }

    [Fact]
    public void A_hard_sigmoid_of_another_slope_makes_no_hard_swish()
    {
        OnnxModel model = HardSigmoid(new GraphBuilder().Input("x", [2, Width]), 0.2f).Output("y").Build();

        Assert.Null(KnownPatterns.HardSwish.Match(model.Graph.Nodes[^1], new GraphIndex(model.Graph)));
    }

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

    private static GraphBuilder Numbers(GraphBuilder graph) =>
        graph
            .Constant("zero", [], [0f])
            .Constant("half", [], [0.5f])
            .Constant("one", [], [1f])
            .Constant("three", [], [3f])
            .Constant("six", [], [6f])
            .Constant("sixth", [], [1f / 6f]);

    private static GraphBuilder Clipped(GraphBuilder graph) =>
        Numbers(graph).Node("Add", ["x", "three"], ["s"]).Node("Clip", ["s", "zero", "six"], ["clip"]);

    private static GraphBuilder HardSigmoid(GraphBuilder graph, float alpha) =>
        graph.Node("HardSigmoid", ["x"], ["g"], NodeAttribute.Of("alpha", alpha)).Node("Mul", ["x", "g"], ["y"]);

    private static GraphBuilder TanhGelu(GraphBuilder graph) =>
        Numbers(graph)
            .Constant("share", [], [0.044715f])
            .Constant("root", [], [0.7978845f])
            .Node("Pow", ["x", "three"], ["c"])
            .Node("Mul", ["c", "share"], ["m"])
            .Node("Add", ["x", "m"], ["i"])
            .Node("Mul", ["i", "root"], ["a"])
            .Node("Tanh", ["a"], ["t"])
            .Node("Add", ["t", "one"], ["s"])
            .Node("Mul", ["x", "half"], ["h"])
            .Node("Mul", ["h", "s"], ["y"]);
}
