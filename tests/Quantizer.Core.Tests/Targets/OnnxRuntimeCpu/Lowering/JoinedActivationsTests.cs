using Quantizer.Core.Tests.Normalization;
using Quantizer.Core.Tests.Patterns;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Placement;
using Quantizer.Placement.Sites;

namespace Quantizer.Core.Tests.Targets.OnnxRuntimeCpu.Lowering;

public class JoinedActivationsTests
{
    /// <summary>Products are rounded in another order.</summary>
    private const double Rounding = 1e-5;

    private static readonly PlacementOptions StandardOnly = PlacementOptions.Default with { StandardOnly = true };

    [Fact]
    public void A_spelled_out_hard_swish_becomes_one_node_of_set_14()
    {
        NormalizedModel lowered = LoweredGraph.Of(Between(graph => graph.HardSwish("act", "first")), Rounding);

        Assert.Equal("Conv HardSwish Conv", lowered.Operators());
        Assert.Equal(14, lowered.Model.Opset);
        Assert.Equal("Div_act", lowered.Graph.Nodes[1].Name);
        // Users may call it by any of its nodes and tensors.
        Assert.Contains("Clip_act_clipped", lowered.UserNodes["Div_act"]);
        Assert.Contains("act_clipped", lowered.JoinedTensors["act"]);
    }

    [Fact]
    public void Between_convolutions_it_is_computed_in_float_and_both_stay_on_integers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Between(graph => graph.HardSwish("act", "first")), lowered: true);

        Assert.Equal("DequantizeLinear*2 HardSigmoid Mul QLinearConv*2 QuantizeLinear*2", network.Kernels);
        Assert.Equal(new FunctionBehind("HardSwish", 0f), network.Site("first").Behind);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void A_SiLU_runs_as_QuickGelu()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Between(graph => graph.Silu("act", "first")), lowered: true);

        Assert.Equal("DequantizeLinear*2 QLinearConv*2 QuantizeLinear*2 QuickGelu", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void With_standard_operators_only_a_SiLU_runs_on_integers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Between(graph => graph.Silu("act", "first")), StandardOnly, lowered: true);

        Assert.Equal("DequantizeLinear QLinearConv*2 QLinearMul QLinearSigmoid QuantizeLinear", network.Kernels);
        Assert.All(network.Model.Graph.Nodes, node => Assert.Equal("", node.Domain));
        network.AssertClose(30);
    }

    [Fact]
    public void The_factor_inside_a_SiLU_is_kept()
    {
        NormalizedModel lowered = LoweredGraph.Of(
            Between(graph =>
                graph
                    .Constant("alpha", [], [1.5f])
                    .Node("Mul", ["first", "alpha"], ["scaled"])
                    .Node("Sigmoid", ["scaled"], ["gate"])
                    .Node("Mul", ["first", "gate"], ["act"])
            ),
            Rounding
        );

        Assert.Equal(1.5f, lowered.Graph.Nodes.Single(node => node.OpType == "QuickGelu").FloatAttribute("alpha", 0f));
    }

    [Fact]
    public void A_GELU_behind_a_convolution_runs_as_one_kernel()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Between(graph => graph.Gelu("act", "first")), lowered: true);

        Assert.Equal("DequantizeLinear*2 Gelu QLinearConv*2 QuantizeLinear*2", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void From_set_20_on_a_GELU_is_a_standard_operator()
    {
        NormalizedModel lowered = LoweredGraph.Of(Between(graph => graph.Gelu("act", "first"), opset: 20), Rounding);

        Assert.Equal(("Gelu", ""), (lowered.Graph.Nodes[1].OpType, lowered.Graph.Nodes[1].Domain));
    }

    [Fact]
    public void Behind_a_linear_layer_the_runtime_joins_by_itself() =>
        LoweredGraph.AssertKept(
            new GraphBuilder()
                .Input("x", [4, 128])
                .MatMul("wide", "x", 128, 256)
                .Silu("act", "wide")
                .MatMul("narrow", "act", 256, 128)
                .Output("narrow")
                .Build()
        );

    [Theory]
    [InlineData("Mul(x, erf + 1) * half", false)]
    [InlineData("(x * half) * (erf + 1)", false)]
    [InlineData("x * ((erf + 1) * half)", true)]
    [InlineData("Mul(x, erf + 1) / two", true)]
    [InlineData("(x / two) * (erf + 1)", true)]
    [InlineData("x * ((erf + 1) / two)", true)]
    [InlineData("x * (erf * half + half)", true)]
    public void However_a_GELU_behind_a_linear_layer_is_spelled_it_runs_as_one_kernel(string spelling, bool isJoinedHere)
    {
        OnnxModel model = Tail(
                new GraphBuilder()
                    .Input("x", [4, 128])
                    .MatMul("wide", "x", 128, 256)
                    .Constant("root", [], [1.4142135f])
                    .Constant("one", [], [1f])
                    .Constant("two", [], [2f])
                    .Constant("half", [], [0.5f])
                    .Node("Div", ["wide", "root"], ["scaled"])
                    .Node("Erf", ["scaled"], ["erf"]),
                spelling
            )
            .MatMul("narrow", "act", 256, 128)
            .Output("narrow")
            .Build();

        if (!isJoinedHere)
            LoweredGraph.AssertKept(model);
        OnnxModel lowered = isJoinedHere ? LoweredGraph.Of(model, Rounding).Model : model;

        using OnnxModel optimized = OptimizedGraph.Of(lowered);
        Assert.Equal(["Gelu", "MatMul", "MatMul"], optimized.Graph.Nodes.Select(node => node.OpType).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Kept_when_a_value_inside_is_an_output_too()
    {
        OnnxModel model = Between(graph => graph.HardSwish("act", "first"));
        model.Graph.Outputs.Add(new ValueInfo("act_clipped", ElementType.Float, null));

        LoweredGraph.AssertKept(model);
    }

    private static GraphBuilder Tail(GraphBuilder graph, string spelling)
    {
        if (spelling.Contains("erf * half", StringComparison.Ordinal))
        {
            return graph
                .Node("Mul", ["erf", "half"], ["share"])
                .Node("Add", ["share", "half"], ["sum"])
                .Node("Mul", ["wide", "sum"], ["act"]);
        }

        graph = graph.Node("Add", ["erf", "one"], ["sum"]);
        (string halving, string by) = spelling.Contains("two", StringComparison.Ordinal) ? ("Div", "two") : ("Mul", "half");
        return spelling[0] switch
        {
            'M' => graph.Node("Mul", ["wide", "sum"], ["product"]).Node(halving, ["product", by], ["act"]),
            '(' => graph.Node(halving, ["wide", by], ["part"]).Node("Mul", ["part", "sum"], ["act"]),
            _ => graph.Node(halving, ["sum", by], ["part"]).Node("Mul", ["wide", "part"], ["act"]),
        };
    }

    private static OnnxModel Between(Func<GraphBuilder, GraphBuilder> activation, int opset = 13) =>
        activation(new GraphBuilder(opset).Input("x", [1, 16, 8, 8]).Conv("first", "x", 16, 32))
            .Conv("last", "act", 32, 16)
            .Output("last")
            .Build();
}
