using Quantizer.Core.Tests.Execution;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Targets;
using Quantizer.Verification;
using static Quantizer.Core.Tests.Rewriting.Forms.BodyWeights;

namespace Quantizer.Core.Tests.Rewriting.Forms;

/// <summary>Nodes inside the bodies of If, Loop and Scan that take their ranges in each run.</summary>
public class DynamicBodyTests
{
    private static readonly PlacementOptions Dynamic = PlacementOptions.Default with { Activations = ActivationMode.Dynamic };

    [Fact]
    public void Products_of_both_branches_run_on_integers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Branching(Linear("p", 1), Linear("q", 2)), Dynamic);

        Assert.Equal("DynamicQuantizeMatMul*2", network.BodyKernels);
        Assert.Equal(["MatMul_p", "MatMul_q"], network.Sites.WeightedNodes);
        Assert.True(network.RunsOnIntegers("MatMul_p") && network.RunsOnIntegers("MatMul_q"));
        network.AssertNoFindings();
        network.AssertClose(35);
    }

    [Fact]
    public void Products_of_the_same_weights_store_them_once()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Branching(Linear("p", 1), Linear("q", 1)), Dynamic);

        Assert.Single(network.Constants, tensor => tensor.Type == ElementType.Int8);
        Assert.Equal("DynamicQuantizeMatMul*2", network.BodyKernels);
        network.AssertClose(35);
    }

    [Fact]
    public void A_product_of_the_main_graph_and_one_of_a_body_share_their_weights()
    {
        Graph branch = new GraphBuilder().Node("MatMul", ["h", "w"], ["p"]).Output("p").BuildGraph();
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, Width])
            .Constant("w", [Width, Width], Weights(Width * Width, 1))
            .Node("MatMul", ["x", "w"], ["h"])
            .Node("ReduceMax", ["x"], ["peak"], NodeAttribute.Of("keepdims", 0))
            .Constant("bound", [], [0.97f])
            .Node("Greater", ["peak", "bound"], ["large"])
            .Node("If", ["large"], ["y"], NodeAttribute.Of("then_branch", branch), NodeAttribute.Of("else_branch", Linear("q", 2, "h")))
            .Output("y")
            .Build();

        QuantizedNetwork network = QuantizedNetwork.Of(model, Dynamic);

        Assert.Equal(2, network.Constants.Count(tensor => tensor.Type == ElementType.Int8));
        Assert.Equal("DynamicQuantizeMatMul*2", network.BodyKernels);
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, true)]
    [InlineData(0, false)]
    public void A_small_bias_that_stayed_in_the_body_is_added_inside_the_kernel(long transposed, bool isInitializer)
    {
        Tensor bias = Tensor.FromFloats("b", [1, Width], Weights(Width, 2));
        GraphBuilder graph = new GraphBuilder().Constant("w", [Width, Width], Weights(Width * Width, 1));
        graph = isInitializer ? graph.Constant(bias) : graph.Node("Constant", [], ["b"], NodeAttribute.Of("value", bias));
        Graph branch = graph.Node("Gemm", ["x", "w", "b"], ["p"], NodeAttribute.Of("transB", transposed)).Output("p").BuildGraph();

        QuantizedNetwork network = QuantizedNetwork.Of(Branching(branch, Linear("q", 2)), Dynamic);

        Assert.Equal("DynamicQuantizeMatMul*2", network.BodyKernels);
        network.AssertNoFindings();
        network.AssertClose(35);
    }

    [Fact]
    public void Readers_of_a_tensor_around_the_body_share_its_integers()
    {
        Graph branch = new GraphBuilder()
            .Constant("w1", [Width, Width], Weights(Width * Width, 1))
            .Constant("w2", [Width, Width], Weights(Width * Width, 2))
            .Node("MatMul", ["x", "w1"], ["a"])
            .Node("MatMul", ["x", "w2"], ["b"])
            .Node("Mul", ["a", "b"], ["p"])
            .Output("p")
            .BuildGraph();

        QuantizedNetwork network = QuantizedNetwork.Of(Branching(branch, Linear("q", 3)), Dynamic);

        Assert.Equal("DynamicQuantizeLinear DynamicQuantizeMatMul MatMulIntegerToFloat*2 Mul", network.BodyKernels);
        network.AssertClose(30);
    }

    [Fact]
    public void A_body_inside_a_body_quantizes_what_is_around_both()
    {
        Graph outer = new GraphBuilder()
            .Constant("w", [Width, Width], Weights(Width * Width, 5))
            .Node("MatMul", ["x", "w"], ["h"])
            .Node(
                "If",
                ["large"],
                ["r"],
                NodeAttribute.Of("then_branch", Linear("s", 6, "h")),
                NodeAttribute.Of("else_branch", Linear("t", 7, "x"))
            )
            .Output("r")
            .BuildGraph();

        QuantizedNetwork network = QuantizedNetwork.Of(Branching(outer, Linear("q", 2)), Dynamic);

        Assert.Equal("DynamicQuantizeMatMul*4 If", network.BodyKernels);
        network.AssertNoFindings();
        network.AssertClose(25);
    }

    [Fact]
    public void Products_and_lstms_run_on_integers_where_nothing_is_asked_for_and_not_with_fixed_ranges()
    {
        OnnxModel model = Branching(Linear("p", 1), Linear("q", 2));

        Assert.Equal("DynamicQuantizeMatMul*2", QuantizedNetwork.Of(model).BodyKernels);
        QuantizedNetwork network = QuantizedNetwork.Of(model, PlacementOptions.Default with { Activations = ActivationMode.Static });
        Assert.Equal("MatMul*2", network.BodyKernels);
        Assert.Equal("ranges are not calibrated inside the body of another node", network.ReasonOf("MatMul_p"));
        Assert.Equal("it only runs its bodies, whose nodes have forms of their own", network.ReasonOf("If_y"));
        Assert.All(network.Sites.Nodes.Where(node => node.Form == NodeForm.Float), node => Assert.NotEmpty(node.Reason));
    }

    [Theory]
    [InlineData(ActivationMode.Dynamic)]
    [InlineData(ActivationMode.None)]
    public void The_forms_in_both_branches_are_told_from_the_file(ActivationMode mode)
    {
        NodeForm expected = mode == ActivationMode.Dynamic ? NodeForm.Dynamic : NodeForm.Stored;
        OnnxModel file = QuantizedNetwork
            .Of(Branching(Linear("p", 1), Linear("q", 2)), PlacementOptions.Default with { Activations = mode })
            .Model;
        IReadOnlyDictionary<string, TensorValue> sample = new Dictionary<string, TensorValue>
        {
            ["x"] = TensorValue.FromFloats([1, Width], SmallNetworks.Values(Width, seed: 5)),
        };

        VerificationResult found = QuantizedFile.Verify(file, QuantizationTarget.Default.Target, sample);

        Assert.Equal(2, found.Nodes.Count(node => node.Placement.Form == expected));
        Assert.Equal(Width * Width, found.Nodes.Sum(node => node.Macs));
        Assert.Equal(expected == NodeForm.Dynamic ? 100 : 0, found.PercentInteger);
    }

    [Fact]
    public void A_node_of_a_body_is_excluded_by_its_name()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Branching(Linear("p", 1), Linear("q", 2)), Dynamic with { Exclude = ["MatMul_q"] });

        Assert.Equal("DynamicQuantizeMatMul MatMul", network.BodyKernels);
        Assert.Equal("excluded by --exclude MatMul_q", network.ReasonOf("MatMul_q"));
    }

    [Fact]
    public void The_error_is_that_of_the_same_product_in_the_main_graph()
    {
        OnnxModel plain = new GraphBuilder()
            .Input("x", [1, Width])
            .Constant("w", [Width, Width], Weights(Width * Width, 1))
            .Node("MatMul", ["x", "w"], ["y"])
            .Output("y")
            .Build();
        IReadOnlyDictionary<string, TensorValue> sample = new Dictionary<string, TensorValue>
        {
            ["x"] = TensorValue.FromFloats([1, Width], SmallNetworks.Values(Width, seed: 5)),
        };
        using InferenceModel main = InferenceModel.Load(QuantizedNetwork.Of(plain, Dynamic).Model),
            body = InferenceModel.Load(QuantizedNetwork.Of(Branching(Linear("p", 1), Linear("q", 1)), Dynamic).Model);

        Assert.Equal(main.Run(sample)["y"].Floats.ToArray(), body.Run(sample)["y"].Floats.ToArray());
    }

    /// <summary>One branch for inputs with a large value, another one for others.</summary>
    private static OnnxModel Branching(Graph then, Graph otherwise) =>
        new GraphBuilder()
            .Input("x", [1, Width])
            .Constant("bound", [], [0.97f])
            .Node("ReduceMax", ["x"], ["peak"], NodeAttribute.Of("keepdims", 0))
            .Node("Greater", ["peak", "bound"], ["large"])
            .Node("If", ["large"], ["y"], NodeAttribute.Of("then_branch", then), NodeAttribute.Of("else_branch", otherwise))
            .Output("y")
            .Build();

    private static Graph Linear(string name, int seed, string input = "x") =>
        new GraphBuilder()
            .Constant($"{name}_w", [Width, Width], Weights(Width * Width, seed))
            .Node("MatMul", [input, $"{name}_w"], [name])
            .Output(name)
            .BuildGraph();
}
