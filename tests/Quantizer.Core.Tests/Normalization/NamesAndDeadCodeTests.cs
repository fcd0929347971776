using Quantizer.Graphs;
using Quantizer.Normalization;

namespace Quantizer.Core.Tests.Normalization;

public sealed class NamesAndDeadCodeTests
{
    [Fact]
    public void Nameless_and_doubly_named_nodes_get_names_that_clash_with_nothing()
    {
        // ONNX Runtime refuses the source for its two nodes of one name, so there is nothing to compare with.
        NormalizedModel normalized = ModelNormalizer.Normalize(
            new GraphBuilder()
                .Input("x", [2])
                .Node(new Node("Relu", ["x"], ["a"]))
                .Node(new Node("Neg", ["a"], ["b"], "Relu_0"))
                .Node(new Node("Exp", ["b"], ["c"], "Relu_0"))
                .Node(new Node("Relu", ["c"], ["y"]))
                .Output("y")
                .Build()
        );

        Assert.Equal(["Relu_1", "Relu_0", "Relu_0_1", "Relu_2"], normalized.Graph.Nodes.Select(node => node.Name));
        Assert.Empty(normalized.UserNodes["Relu_1"]);
        Assert.Equal(["Relu_0"], normalized.UserNodes["Relu_0_1"]);
    }

    [Fact]
    public void Nodes_inside_bodies_get_names_that_clash_with_none_outside()
    {
        Graph Branch(string output) =>
            new GraphBuilder()
                .Node(new Node("Neg", ["x"], [output], "same"))
                .Node(new Node("Neg", [output], [$"{output}2"]))
                .Output($"{output}2")
                .BuildGraph();

        NormalizedModel normalized = ModelNormalizer.Normalize(
            new GraphBuilder()
                .Input("x", [2])
                .Input("c", [], ElementType.Bool)
                .Node("If", ["c"], ["i"], NodeAttribute.Of("then_branch", Branch("p")), NodeAttribute.Of("else_branch", Branch("q")))
                .Node(new Node("Neg", ["i"], ["y"], "same"))
                .Output("y")
                .Build()
        );

        Assert.Equal(["If_i", "same_1", "Neg_0", "same_2", "Neg_1", "same"], normalized.Graph.EveryNode.Select(node => node.Name));
    }

    [Fact]
    public void What_no_output_needs_is_removed()
    {
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder()
                .Input("x", [2])
                .Constant("unused", [1], [1f])
                .Constant("c", [1], [2f])
                .Node("Relu", ["x"], ["y"])
                .Node("Mul", ["y", "c"], ["dead"])
                .Node("Neg", ["dead"], ["dead2"])
                .ValueInfo("dead", [2])
                .ValueInfo("y", [2])
                .Output("y")
                .Build()
        );

        Assert.Equal("Relu", normalized.Operators());
        Assert.Empty(normalized.Graph.Initializers);
        Assert.Equal("y", Assert.Single(normalized.Graph.ValueInfos).Name);
    }

    [Fact]
    public void A_constant_read_only_inside_a_subgraph_is_needed()
    {
        Graph Branch(string op) => new GraphBuilder().Node(op, ["x", "c"], [$"{op}_result"]).Output($"{op}_result").BuildGraph();
        Node choice = new("If", ["flag"], ["y"], "choice")
        {
            Attributes =
            [
                new("then_branch", new AttributeValue.OfGraph(Branch("Mul"))),
                new("else_branch", new AttributeValue.OfGraph(Branch("Add"))),
            ],
        };
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder()
                .Input("x", [2])
                .Constant("c", [1], [2f])
                .Constant("limit", [], [0f])
                .Node("ReduceSum", ["x"], ["sum"], NodeAttribute.Of("keepdims", 0L))
                .Node("Less", ["sum", "limit"], ["flag"])
                .Node(choice)
                .Output("y")
                .Build()
        );

        Assert.Equal([2f], normalized.Constant("c").Values<float>().ToArray());
    }

    [Fact]
    public void Nodes_of_other_domains_are_kept_even_if_nobody_reads_them()
    {
        NormalizedModel normalized = ModelNormalizer.Normalize(
            WithMicrosoftDomain(
                new GraphBuilder()
                    .Input("x", [2])
                    .Node("Relu", ["x"], ["y"])
                    .Node(new Node("Unique", ["y"], ["unread", "places", "counts"], "unique", "com.microsoft"))
                    .Output("y")
                    .Build()
            )
        );

        Assert.Equal("Relu Unique", normalized.Operators());
    }

    [Theory]
    [InlineData("", "DequantizeLinear")]
    [InlineData("", "QLinearConv")]
    [InlineData("", "MatMulInteger")]
    [InlineData("com.microsoft", "QLinearAdd")]
    [InlineData("com.microsoft", "MatMulNBits")]
    public void A_quantized_model_is_refused_by_what_it_holds(string domain, string opType)
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [2])
            .Node("Relu", ["x"], ["r"])
            .Node(new Node(opType, ["r"], ["y"], "culprit", domain))
            .Output("y")
            .Build();

        QuantizationException error = Assert.Throws<QuantizationException>(() => ModelNormalizer.Normalize(model));

        Assert.Equal($"The model is quantized already: it holds 1 {opType}. Give the FP32 model it was made from.", error.Message);
    }

    [Fact]
    public void A_quantized_node_inside_a_subgraph_is_found()
    {
        Graph branch = new GraphBuilder().Node("QuantizeLinear", ["x", "s"], ["q"]).Output("q").BuildGraph();
        Node node = new("If", ["f"], ["y"]) { Attributes = [new("then_branch", new AttributeValue.OfGraph(branch))] };

        Assert.Equal(
            [KeyValuePair.Create("QuantizeLinear", 1)],
            QuantizedOperators.CountsIn(new OnnxModel(new GraphBuilder().Node(node).BuildGraph()))
        );
    }

    [Fact]
    public void Quantized_nodes_are_counted_by_type_the_most_frequent_first()
    {
        GraphBuilder builder = new GraphBuilder().Input("x", [2]);
        for (int i = 0; i < 3; i++)
            builder.Node("MatMulInteger", ["x", "w"], [$"p{i}"]);
        foreach (string type in new[] { "DynamicQuantizeLinear", "ConvInteger" })
            builder.Node(type, ["x"], [type]);
        foreach (string type in new[] { "QLinearAdd", "QLinearMul", "QGemm", "QAttention" })
            builder.Node(new Node(type, ["x"], [type], type, "com.microsoft"));

        IReadOnlyList<KeyValuePair<string, int>> counts = QuantizedOperators.CountsIn(builder.Output("p0").Build());

        Assert.Equal(
            "3 MatMulInteger, 1 ConvInteger, 1 DynamicQuantizeLinear, 1 QAttention, 1 QGemm, 1 QLinearAdd and 1 others",
            QuantizedOperators.Describe(counts)
        );
    }

    [Theory]
    [InlineData(6, "The model uses operator set 6; sets 7 to 26 are supported.")]
    [InlineData(27, "The model uses operator set 27; ONNX Runtime reads sets up to 26.")]
    public void Operator_sets_out_of_range_are_refused(int opset, string message)
    {
        OnnxModel model = new GraphBuilder(opset).Input("x", [2]).Node("Relu", ["x"], ["y"]).Output("y").Build();

        Assert.StartsWith(
            message,
            Assert.Throws<QuantizationException>(() => ModelNormalizer.Normalize(model)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_malformed_node_is_named_with_the_pass_that_met_it()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [2])
            .Node("Identity", [], ["a"])
            .Node("Shape", ["a"], ["s"])
            .Node("Reshape", ["x", "s"], ["y"])
            .Output("y")
            .Build();

        QuantizationException error = Assert.Throws<QuantizationException>(() => ModelNormalizer.Normalize(model));

        Assert.StartsWith(
            "Preparing the model failed in pass \"follow sizes\" at node 'Identity_a' (Identity): ",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.NotNull(error.InnerException);
    }

    [Fact]
    public void Float16_and_double_models_keep_their_types()
    {
        NormalizedModel normalized = NormalizedGraph.Of(
            new GraphBuilder()
                .Input("x", [1, 2, 4, 4], ElementType.Double)
                .Node("ReduceMean", ["x"], ["y"], NodeAttribute.Of("axes", [2, 3]))
                .Output("y", null, ElementType.Double)
                .Build()
        );

        Assert.Equal("ReduceMean", normalized.Operators());
        Assert.Equal(ElementType.Double, normalized.Tensors["y"].Type);
    }

    private static OnnxModel WithMicrosoftDomain(OnnxModel model)
    {
        model.OperatorSets.Add(new OperatorSet("com.microsoft", 1));
        return model;
    }
}
