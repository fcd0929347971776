using Quantizer.Graphs;
using Quantizer.Normalization;
using static Quantizer.Core.Tests.Normalization.NormalizedGraph;

namespace Quantizer.Core.Tests.Normalization.Unfusing;

public sealed class FusedOperatorsTests
{
    [Theory]
    [InlineData("Relu", null, "Conv Relu")]
    [InlineData("Tanh", null, "Conv Tanh")]
    [InlineData("LeakyRelu", new[] { 0.5f }, "Conv LeakyRelu")]
    [InlineData("Clip", new[] { -0.25f, 0.5f }, "Conv Clip")]
    [InlineData("HardSigmoid", new[] { 0.3f, 0.4f }, "Conv HardSigmoid")]
    public void A_fused_convolution_is_a_convolution_and_its_activation(string activation, float[]? parameters, string expected)
    {
        List<NodeAttribute> attributes = [NodeAttribute.Of("activation", activation), NodeAttribute.Of("pads", [1L, 1L, 1L, 1L])];
        if (parameters is not null)
            attributes.Add(NodeAttribute.Of("activation_params", parameters));

        Assert.Equal(expected, Apart("FusedConv", [1, 2, 6, 6], ["w"], [("w", [3, 2, 3, 3])], attributes).Operators());
    }

    [Fact]
    public void A_fused_convolution_with_an_addend_adds_it_before_the_activation()
    {
        NormalizedModel normalized = Apart(
            "FusedConv",
            [1, 2, 6, 6],
            ["w", "", "z"],
            [("w", [2, 2, 1, 1]), ("z", [1, 2, 6, 6])],
            [NodeAttribute.Of("activation", "Relu")]
        );

        Assert.Equal("Conv Add Relu", normalized.Operators());
        Assert.Equal("fused", normalized.Graph.Nodes[0].Name);
        Assert.All(normalized.Graph.Nodes, node => Assert.Equal(["fused"], normalized.UserNodes[node.Name]));
    }

    [Fact]
    public void A_fused_Gemm_is_a_Gemm_and_its_activation() =>
        Assert.Equal(
            "Gemm LeakyRelu",
            Apart(
                    "FusedGemm",
                    [5, 4],
                    ["w", "b"],
                    [("w", [3, 4]), ("b", [3])],
                    [
                        NodeAttribute.Of("activation", "LeakyRelu"),
                        NodeAttribute.Of("activation_alpha", 0.5f),
                        NodeAttribute.Of("transB", 1L),
                    ]
                )
                .Operators()
        );

    [Theory]
    [InlineData(0, 0, "MatMul")]
    [InlineData(0, 1, "MatMul")]
    [InlineData(1, 0, "Transpose MatMul")]
    [InlineData(1, 1, "Transpose MatMul")]
    public void A_fused_product_is_a_product_of_turned_operands(long turnsFirst, long turnsSecond, string expected)
    {
        NormalizedModel normalized = Apart(
            "FusedMatMul",
            [2, 4, 4],
            ["w"],
            [("w", [4, 4])],
            [NodeAttribute.Of("alpha", 0.5f), NodeAttribute.Of("transA", turnsFirst), NodeAttribute.Of("transB", turnsSecond)]
        );

        Assert.Equal(expected, normalized.Operators());
    }

    [Theory]
    [InlineData("BiasGelu", true, "Add Div Erf Add Mul Mul")]
    [InlineData("Gelu", false, "Div Erf Add Mul Mul")]
    [InlineData("FastGelu", true, "Add Pow Mul Add Mul Tanh Add Mul Mul")]
    [InlineData("FastGelu", false, "Pow Mul Add Mul Tanh Add Mul Mul")]
    [InlineData("QuickGelu", false, "Mul Sigmoid Mul")]
    public void Activations_are_spelled_out(string operatorType, bool hasBias, string expected)
    {
        NormalizedModel normalized = Apart(operatorType, [3, 4], hasBias ? ["b"] : [], hasBias ? [("b", [4])] : [], []);

        Assert.Equal(
            expected.Split(' ').Order(StringComparer.Ordinal),
            normalized.Graph.Nodes.Select(node => node.OpType).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData(13, "SkipLayerNormalization", "Add Add ReduceMean Sub Pow ReduceMean Add Sqrt Div Mul Add")]
    [InlineData(17, "SkipLayerNormalization", "Add Add LayerNormalization")]
    [InlineData(18, "SkipSimplifiedLayerNormalization", "Add Pow ReduceMean Add Sqrt Div Mul")]
    public void A_normalization_with_a_skip_is_a_sum_and_a_normalization(int opset, string operatorType, string expected)
    {
        bool isLayer = operatorType == "SkipLayerNormalization";
        NormalizedModel normalized = Apart(
            operatorType,
            [2, 3, 4],
            isLayer ? ["skip", "gamma", "beta", "bias"] : ["skip", "gamma"],
            [("skip", [2, 3, 4]), ("gamma", [4]), ("beta", [4]), ("bias", [4])],
            [NodeAttribute.Of("epsilon", 1e-5f)],
            opset
        );

        Assert.Equal(expected, normalized.Operators());
    }

    [Fact]
    public void The_sum_in_front_of_a_normalization_stays_an_output_of_its_own()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [2, 3, 4])
            .Constant("skip", [2, 3, 4], Values(24))
            .Constant("gamma", [4], Values(4, seed: 2))
            .Node(new Node("SkipLayerNormalization", ["x", "skip", "gamma"], ["y", "", "", "sum"], "fused", "com.microsoft"))
            .Node("Sin", ["sum"], ["z"])
            .Output("y")
            .Output("z")
            .Build();
        model.OperatorSets.Add(new OperatorSet("com.microsoft", 1));

        Assert.Equal("Add LayerNormalization Sin", Of(model).Operators());
    }

    [Fact]
    public void A_product_that_exchanges_batch_axes_is_kept()
    {
        NormalizedModel normalized = Apart("FusedMatMul", [2, 3, 4], ["w"], [("w", [3, 4, 5])], [NodeAttribute.Of("transBatchA", 1L)]);

        Assert.Equal("FusedMatMul", normalized.Operators());
    }

    private static NormalizedModel Apart(
        string operatorType,
        long[] input,
        string[] others,
        (string Name, long[] Shape)[] constants,
        List<NodeAttribute> attributes,
        int opset = 17
    )
    {
        GraphBuilder builder = new GraphBuilder(opset).Input("x", [.. input.Select(size => new Dimension(size))]);
        foreach ((string name, long[] shape) in constants)
            builder.Constant(name, shape, Values((int)shape.Aggregate((product, size) => product * size), name.Length + shape.Length));
        OnnxModel model = builder
            .Node(new Node(operatorType, ["x", .. others], ["y"], "fused", "com.microsoft") { Attributes = attributes })
            .Output("y")
            .Build();
        model.OperatorSets.Add(new OperatorSet("com.microsoft", 1));
        return Of(model, 1e-5);
    }
}
