using Quantizer.Graphs;
using Quantizer.Normalization;
using static Quantizer.Core.Tests.Normalization.NormalizedGraph;

namespace Quantizer.Core.Tests.Normalization.Folding;

public sealed class ChannelAffineFoldingTests
{
    [Fact]
    public void BatchNormalization_is_folded_into_the_Conv_by_hand_computed_numbers()
    {
        // One channel: gamma 6, beta 1, mean 2, variance 8.99999 + epsilon 1e-5 = 9: scale 6 / 3 = 2, shift 1 - 2 * 2 = -3.
        NormalizedModel normalized = Of(
            new GraphBuilder()
                .Input("x", [1, 1, 2, 2])
                .Constant("w", [1, 1, 1, 1], [5f])
                .Constant("b", [1], [7f])
                .Constant("gamma", [1], [6f])
                .Constant("beta", [1], [1f])
                .Constant("mean", [1], [2f])
                .Constant("var", [1], [8.99999f])
                .Node("Conv", ["x", "w", "b"], ["c"])
                .Node("BatchNormalization", ["c", "gamma", "beta", "mean", "var"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal("Conv", normalized.Operators());
        Assert.Equal(10, normalized.Constant("w").Values<float>()[0], 1e-5);
        Assert.Equal(11, normalized.Constant("b").Values<float>()[0], 1e-5);
        Assert.Equal(["y"], normalized.Graph.Nodes[0].Outputs);
        Assert.Equal("Conv_c", normalized.Graph.Nodes[0].Name);
        Assert.Equal(["Conv_c", "BatchNormalization_y"], normalized.UserNodes["Conv_c"]);
        Assert.Equal(2, normalized.Graph.Initializers.Count);
    }

    [Theory]
    [InlineData("Conv", new long[] { 4, 2, 3, 3 }, 2, false)]
    [InlineData("Conv", new long[] { 4, 4, 3, 3 }, 1, true)]
    [InlineData("ConvTranspose", new long[] { 4, 4, 3, 3 }, 1, true)]
    [InlineData("ConvTranspose", new long[] { 4, 2, 3, 3 }, 2, false)]
    public void BatchNormalization_is_folded_with_groups_and_with_or_without_a_bias(
        string opType,
        long[] weights,
        long groups,
        bool hasBias
    )
    {
        GraphBuilder builder = WithNormalization(
                new GraphBuilder()
                    .Input("x", ["n", 4, 6, 6])
                    .Constant("w", weights, Values((int)weights.Aggregate(1L, (a, b) => a * b)))
                    .Constant("b", [4], Values(4, 7))
            )
            .Node(opType, hasBias ? ["x", "w", "b"] : ["x", "w"], ["c"], NodeAttribute.Of("group", groups))
            .Node("BatchNormalization", ["c", "gamma", "beta", "mean", "var"], ["y"])
            .Output("y");

        Assert.Equal(opType, Of(builder.Build()).Operators());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void BatchNormalization_is_folded_into_a_Gemm(long transposed)
    {
        GraphBuilder builder = WithNormalization(
                new GraphBuilder()
                    .Input("x", ["n", 3])
                    .Constant("w", transposed == 1 ? [4, 3] : [3, 4], Values(12))
                    .Constant("b", [1, 4], Values(4, 7))
            )
            .Node("Gemm", ["x", "w", "b"], ["c"], NodeAttribute.Of("transB", transposed))
            .Node("BatchNormalization", ["c", "gamma", "beta", "mean", "var"], ["y"])
            .Output("y");

        Assert.Equal("Gemm", Of(builder.Build()).Operators());
    }

    [Fact]
    public void A_Conv_read_by_others_keeps_its_BatchNormalization()
    {
        GraphBuilder builder = WithNormalization(new GraphBuilder().Input("x", ["n", 4, 6, 6]).Constant("w", [4, 4, 1, 1], Values(16)))
            .Node("Conv", ["x", "w"], ["c"])
            .Node("BatchNormalization", ["c", "gamma", "beta", "mean", "var"], ["y"])
            .Node("Relu", ["c"], ["z"])
            .Output("y")
            .Output("z");

        Assert.Equal("Conv BatchNormalization Relu", Of(builder.Build()).Operators());
    }

    [Fact]
    public void A_Conv_that_is_a_graph_output_keeps_its_BatchNormalization()
    {
        GraphBuilder builder = WithNormalization(new GraphBuilder().Input("x", ["n", 4, 6, 6]).Constant("w", [4, 4, 1, 1], Values(16)))
            .Node("Conv", ["x", "w"], ["c"])
            .Node("BatchNormalization", ["c", "gamma", "beta", "mean", "var"], ["y"])
            .Output("y")
            .Output("c");

        Assert.Equal("Conv BatchNormalization", Of(builder.Build()).Operators());
    }

    [Fact]
    public void A_BatchNormalization_in_front_of_a_Conv_is_kept()
    {
        GraphBuilder builder = WithNormalization(new GraphBuilder().Input("x", ["n", 4, 6, 6]).Constant("w", [4, 4, 1, 1], Values(16)))
            .Node("BatchNormalization", ["x", "gamma", "beta", "mean", "var"], ["a"])
            .Node("Conv", ["a", "w"], ["y"])
            .Output("y");

        Assert.Equal("BatchNormalization Conv", Of(builder.Build()).Operators());
    }

    [Fact]
    public void Shared_weights_are_cloned_before_they_are_changed()
    {
        float[] weights = Values(16);
        GraphBuilder builder = WithNormalization(new GraphBuilder().Input("x", ["n", 4, 6, 6]).Constant("w", [4, 4, 1, 1], weights))
            .Node("Conv", ["x", "w"], ["c"])
            .Node("BatchNormalization", ["c", "gamma", "beta", "mean", "var"], ["y"])
            .Node("Conv", ["x", "w"], ["z"])
            .Output("y")
            .Output("z");

        NormalizedModel normalized = Of(builder.Build());

        Assert.Equal("Conv Conv", normalized.Operators());
        Assert.Equal(weights, normalized.Constant("w").Values<float>().ToArray());
        Assert.Equal("w_1", normalized.Graph.Nodes[0].Inputs[1]);
        Assert.Equal(["w"], normalized.UserTensors["w_1"]);
    }

    [Theory]
    [InlineData("Add", new long[] { 4, 1, 1 }, true)]
    [InlineData("Add", new long[] { 1, 4, 1, 1 }, false)]
    [InlineData("Mul", new long[] { 4, 1, 1 }, true)]
    [InlineData("Mul", new long[] { }, false)]
    [InlineData("Sub", new long[] { 4, 1, 1 }, true)]
    [InlineData("Sub", new long[] { 1 }, false)]
    [InlineData("Div", new long[] { 1, 4, 1, 1 }, true)]
    public void Constant_arithmetic_per_channel_is_folded_into_the_Conv(string opType, long[] shape, bool dataFirst)
    {
        GraphBuilder builder = new GraphBuilder()
            .Input("x", ["n", 3, 6, 6])
            .Constant("w", [4, 3, 3, 3], Values(108))
            .Constant("b", [4], Values(4, 7))
            .Constant("k", shape, shape.Contains(4) ? [0.5f, -1.5f, 2, 3] : [1.7f])
            .Node("Conv", ["x", "w", "b"], ["c"])
            .Node(opType, dataFirst ? ["c", "k"] : ["k", "c"], ["y"])
            .Output("y");

        Assert.Equal("Conv", Of(builder.Build()).Operators());
    }

    [Theory]
    [InlineData("Add", new long[] { 4 })]
    [InlineData("Mul", new long[] { 1, 4 })]
    [InlineData("Add", new long[] { 4, 4, 4 })]
    [InlineData("Add", new long[] { 1, 1, 4, 1, 1 })]
    public void Arithmetic_along_another_axis_or_with_another_result_shape_is_kept(string opType, long[] shape)
    {
        int count = (int)shape.Aggregate(1L, (a, b) => a * b);
        GraphBuilder builder = new GraphBuilder()
            .Input("x", [2, 3, 4, 4])
            .Constant("w", [4, 3, 1, 1], Values(12))
            .Constant("k", shape, Values(count, 9))
            .Node("Conv", ["x", "w"], ["c"])
            .Node(opType, ["c", "k"], ["y"])
            .Output("y");

        Assert.Equal($"Conv {opType}", Of(builder.Build()).Operators());
    }

    [Fact]
    public void A_constant_divided_by_the_result_and_a_division_by_zero_are_kept()
    {
        GraphBuilder Builder() =>
            new GraphBuilder()
                .Input("x", ["n", 3, 4, 4])
                .Constant("w", [1, 3, 1, 1], [1f, 2, 3])
                .Constant("b", [1], [20f])
                .Node("Conv", ["x", "w", "b"], ["c"]);

        Assert.Equal("Conv Div", Of(Builder().Constant("k", [], [2f]).Node("Div", ["k", "c"], ["y"]).Output("y").Build()).Operators());
        Assert.Equal(
            "Conv Div",
            ModelNormalizer.Normalize(Builder().Constant("k", [], [0f]).Node("Div", ["c", "k"], ["y"]).Output("y").Build()).Operators()
        );
    }

    [Fact]
    public void A_MatMul_of_matrices_with_a_bias_becomes_a_Gemm()
    {
        NormalizedModel normalized = Of(
            new GraphBuilder()
                .Input("x", ["n", 3])
                .Constant("w", [3, 4], Values(12))
                .Constant("b", [4], [1f, 2, 3, 4])
                .Node("MatMul", ["x", "w"], ["m"])
                .Node("Add", ["b", "m"], ["y"])
                .Output("y")
                .Build()
        );

        Node gemm = Assert.Single(normalized.Graph.Nodes);
        Assert.Equal("MatMul_m (Gemm)", gemm.ToString());
        Assert.Equal([1f, 2, 3, 4], normalized.Constant(gemm.Inputs[2]).Values<float>().ToArray());
        Assert.Equal(["MatMul_m", "Add_y"], normalized.UserNodes["MatMul_m"]);
    }

    [Fact]
    public void A_batched_MatMul_with_a_bias_is_kept()
    {
        NormalizedModel normalized = Of(
            new GraphBuilder()
                .Input("x", ["n", 5, 3])
                .Constant("w", [3, 4], Values(12))
                .Constant("b", [4], [1f, 2, 3, 4])
                .Node("MatMul", ["x", "w"], ["m"])
                .Node("Add", ["m", "b"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal("MatMul Add", normalized.Operators());
    }

    [Fact]
    public void The_residual_Add_of_two_computed_tensors_is_kept()
    {
        NormalizedModel normalized = Of(
            new GraphBuilder()
                .Input("x", ["n", 3, 4, 4])
                .Constant("w", [3, 3, 1, 1], Values(9))
                .Node("Conv", ["x", "w"], ["c"])
                .Node("Add", ["c", "x"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal("Conv Add", normalized.Operators());
    }

    [Fact]
    public void Factors_of_a_Gemm_go_into_its_constants()
    {
        NormalizedModel normalized = Of(
            new GraphBuilder()
                .Input("x", ["n", 2])
                .Constant("w", [2, 1], [1f, 2])
                .Constant("b", [1], [4f])
                .Node("Gemm", ["x", "w", "b"], ["y"], NodeAttribute.Of("alpha", 0.5f), NodeAttribute.Of("beta", 3f))
                .Output("y")
                .Build()
        );

        Assert.Equal([0.5f, 1], normalized.Constant("w").Values<float>().ToArray());
        Assert.Equal([12f], normalized.Constant("b").Values<float>().ToArray());
        Assert.Empty(normalized.Graph.Nodes[0].Attributes);
    }

    [Fact]
    public void A_Gemm_factor_of_a_computed_operand_is_kept()
    {
        NormalizedModel normalized = Of(
            new GraphBuilder()
                .Input("x", ["n", 2])
                .Input("c", ["n", 1])
                .Constant("w", [2, 1], [1f, 2])
                .Node("Gemm", ["x", "w", "c"], ["y"], NodeAttribute.Of("alpha", 0.5f), NodeAttribute.Of("beta", 3f))
                .Output("y")
                .Build()
        );

        Assert.Equal(3f, normalized.Graph.Nodes[0].FloatAttribute("beta", 1));
        Assert.Null(normalized.Graph.Nodes[0].Attribute("alpha"));
    }

    private static GraphBuilder WithNormalization(GraphBuilder builder) =>
        builder
            .Constant("gamma", [4], [0.5f, -1, 2, 1.5f])
            .Constant("beta", [4], Values(4, 2))
            .Constant("mean", [4], Values(4, 3))
            .Constant("var", [4], [0.1f, 1, 3, 0.01f]);
}
