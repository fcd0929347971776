using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Execution;

public class ConstantEvaluationTests
{
    [Fact]
    public void Values_of_several_types_come_from_one_evaluation()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [2])
            .Constant("a", [2], [1.5f, -2f])
            .Constant("i", [3], [5L, -1L, 2L])
            .Constant("limit", [], [0f])
            .Node("Neg", ["a"], ["negated"])
            .Node("Add", ["i", "i"], ["doubled"])
            .Node("Greater", ["a", "limit"], ["positive"])
            .Node("Cast", ["a"], ["half"], NodeAttribute.Of("to", (long)ElementType.Float16))
            .Node("Mul", ["x", "negated"], ["y"])
            .Output("y")
            .Build();

        IReadOnlyDictionary<string, Tensor> values = ConstantEvaluation.Evaluate(model, ["negated", "doubled", "positive", "half"]);

        Assert.Equal([-1.5f, 2f], values["negated"].Values<float>().ToArray());
        Assert.Equal([10L, -2L, 4L], values["doubled"].Values<long>().ToArray());
        Assert.Equal([true, false], values["positive"].Values<bool>().ToArray());
        Assert.Equal([(Half)1.5f, (Half)(-2f)], values["half"].Values<Half>().ToArray());
        Assert.Equal(ElementType.Float16, values["half"].Type);
        Assert.Equal([3L], values["doubled"].Dimensions);
    }

    [Fact]
    public void Scalars_and_empty_tensors_keep_their_shapes()
    {
        OnnxModel model = new GraphBuilder()
            .Constant("a", [2, 0], ReadOnlySpan<float>.Empty)
            .Constant("s", [], [3f])
            .Node("Identity", ["a"], ["empty"])
            .Node("Neg", ["s"], ["scalar"])
            .Output("scalar")
            .Build();

        IReadOnlyDictionary<string, Tensor> values = ConstantEvaluation.Evaluate(model, ["empty", "scalar"]);

        Assert.Equal([2L, 0L], values["empty"].Dimensions);
        Assert.Empty(values["scalar"].Dimensions);
        Assert.Equal(-3f, values["scalar"].Values<float>()[0]);
    }

    [Fact]
    public void An_initializer_is_handed_back_and_subgraphs_see_outer_constants()
    {
        Graph branch = new GraphBuilder().Node("Neg", ["a"], ["then"]).Output("then").BuildGraph();
        Graph other = new GraphBuilder().Node("Abs", ["a"], ["else"]).Output("else").BuildGraph();
        OnnxModel model = new GraphBuilder()
            .Constant("a", [1], [-2f])
            .Constant(new Tensor("condition", ElementType.Bool, [], new byte[] { 1 }))
            .Node(
                "If",
                ["condition"],
                ["chosen"],
                new NodeAttribute("then_branch", new AttributeValue.OfGraph(branch)),
                new NodeAttribute("else_branch", new AttributeValue.OfGraph(other))
            )
            .Output("chosen")
            .Build();

        IReadOnlyDictionary<string, Tensor> values = ConstantEvaluation.Evaluate(model, ["chosen", "a"]);

        Assert.Equal([2f], values["chosen"].Values<float>().ToArray());
        Assert.Same(model.Graph.Initializers[0], values["a"]);
    }

    [Fact]
    public void A_tensor_that_depends_on_an_input_is_refused()
    {
        QuantizationException error = Assert.Throws<QuantizationException>(() =>
            ConstantEvaluation.Evaluate(SmallNetworks.ConvRelu(), ["relu"])
        );

        Assert.Equal("'relu' cannot be evaluated as constants: they depend on the graph's input 'x'.", error.Message);
    }

    [Fact]
    public void An_initializer_that_is_also_an_input_counts_as_constant()
    {
        OnnxModel model = new GraphBuilder().Input("a", [1]).Constant("a", [1], [4f]).Node("Sqrt", ["a"], ["root"]).Output("root").Build();

        Assert.Equal([2f], ConstantEvaluation.Evaluate(model, ["root"])["root"].Values<float>().ToArray());
    }

    [Fact]
    public void Strings_are_refused_by_name()
    {
        OnnxModel model = new GraphBuilder()
            .Constant("a", [1], [4f])
            .Node("Cast", ["a"], ["text"], NodeAttribute.Of("to", (long)ElementType.String))
            .Output("text", type: ElementType.String)
            .Build();

        QuantizationException error = Assert.Throws<QuantizationException>(() => ConstantEvaluation.Evaluate(model, ["text"]));

        Assert.Contains("'text' holds strings", error.Message);
    }

    [Fact]
    public void Sequences_are_refused_by_name()
    {
        OnnxModel model = new GraphBuilder()
            .Constant("a", [1], [4f])
            .Node("SequenceConstruct", ["a"], ["list"])
            .Output("list", type: ElementType.Undefined)
            .Build();

        QuantizationException error = Assert.Throws<QuantizationException>(() => ConstantEvaluation.Evaluate(model, ["list"]));

        Assert.Contains("'list' holds strings or is a sequence", error.Message);
    }
}
