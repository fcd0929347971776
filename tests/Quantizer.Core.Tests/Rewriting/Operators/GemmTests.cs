using Quantizer.Core.Tests.Placement;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Ranges.Weights;

namespace Quantizer.Core.Tests.Rewriting.Operators;

public class GemmTests
{
    [Fact]
    public void The_last_layer_writes_float_and_adds_an_int32_bias()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder().Input("x", ["batch", 256]).Gemm("logits", "x", 256, 128).Output("logits").Build()
        );

        Assert.Equal("QGemm QuantizeLinear", network.Kernels);
        Assert.Equal(["x"], network.Sites.Observed);
        Tensor bias = network.Constant("logits_b_quantized");
        WeightPlan weights = Assert.Single(network.Plan.Weights);
        Assert.Equal(ElementType.Int32, bias.Type);
        float activationScale = network.Plan.Activations["x"].Parameters.Scale;
        Assert.Equal(weights.Scales.Select(scale => scale * activationScale), network.Constant("logits_b_scale").Values<float>().ToArray());
        network.AssertNoFindings();
        network.AssertClose(35);
    }

    [Fact]
    public void Between_two_layers_only_integers_pass_and_the_Relu_disappears()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 256])
                .Gemm("first", "x", 256, 128)
                .Node("Relu", ["first"], ["relu"])
                .Gemm("logits", "relu", 128, 128)
                .Output("logits")
                .Build()
        );

        Assert.Equal("QGemm*2 QuantizeLinear", network.Kernels);
        Assert.Equal(["x", "relu"], network.Sites.Observed);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void A_float_reader_gets_unrounded_values()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 256])
                .Gemm("first", "x", 256, 128)
                .Node("Tanh", ["first"], ["tanh"])
                .Gemm("logits", "tanh", 128, 128)
                .Output("logits")
                .Build()
        );

        Assert.Equal("QGemm*2 QuantizeLinear*2 Tanh", network.Kernels);
        Assert.Equal(["x", "tanh"], network.Sites.Observed);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void Transposed_weights_get_their_scales_along_the_first_axis()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 256])
                .Constant("w", [128, 256], Layers.Weights(128 * 256, 256, "w"))
                .Constant("b", [128], Layers.Weights(128, 100, "b"))
                .Node("Gemm", ["x", "w", "b"], ["logits"], NodeAttribute.Of("transB", 1L))
                .Output("logits")
                .Build()
        );

        Assert.Equal(0, Assert.Single(network.Sites.Weights).Axis);
        Assert.Equal([128], network.Constant("w_scale").Dimensions);
        Assert.Equal("QGemm QuantizeLinear", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(35);
    }

    [Fact]
    public void Square_weights_are_rounded_along_the_output_axis()
    {
        // Along the wrong axis a square matrix would load, run and be silently wrong.
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder().Input("x", [4, 256]).Gemm("logits", "x", 256, 256).Output("logits").Build()
        );

        Assert.Equal(1, Assert.Single(network.Sites.Weights).Axis);
        Assert.Equal("QGemm QuantizeLinear", network.Kernels);
        network.AssertClose(35);
    }

    [Fact]
    public void Symmetric_weights_read_plainly_and_transposed_are_stored_along_each_axis()
    {
        float[] weights = Layers.Weights(128 * 128, 128, "w");
        for (int row = 0; row < 128; row++)
        {
            for (int column = 0; column < row; column++)
                weights[row * 128 + column] = weights[column * 128 + row];
        }

        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 128])
                .Constant("w", [128, 128], weights)
                .Node("Gemm", ["x", "w"], ["plain"])
                .Node("Gemm", ["x", "w"], ["transposed"], NodeAttribute.Of("transB", 1L))
                .Output("plain")
                .Output("transposed")
                .Build()
        );

        Assert.Equal("QGemm*2 QuantizeLinear", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(35);
    }

    [Fact]
    public void An_excluded_layer_between_integer_ones_stays_really_in_float()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 256])
            .Gemm("first", "x", 256, 128)
            .Node("Relu", ["first"], ["relu"])
            .Gemm("middle", "relu", 128, 128)
            .Gemm("logits", "middle", 128, 128)
            .Output("logits")
            .Build();

        QuantizedNetwork network = QuantizedNetwork.Of(model, PlacementOptions.Default with { Exclude = ["middle"] });

        Assert.Equal("QGemm", network.KernelOf("Gemm_first"));
        Assert.Equal("Gemm", network.KernelOf("Gemm_middle"));
        Assert.Equal("QGemm", network.KernelOf("Gemm_logits"));
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Theory]
    [InlineData("Gemm")]
    [InlineData("MatMul")]
    [InlineData("MatMul and Add")]
    public void A_Relu_in_front_of_a_small_float_layer_does_not_cost_the_integer_kernel(string kind)
    {
        GraphBuilder graph = new GraphBuilder().Input("x", [1, 256]);
        _ = kind switch
        {
            "Gemm" => graph.Gemm("first", "x", 256, 128),
            "MatMul" => graph.MatMul("first", "x", 256, 128),
            _ => graph
                .MatMul("product", "x", 256, 128)
                .Constant("b", [128], Layers.Weights(128, 100, "b"))
                .Node("Add", ["product", "b"], ["first"]),
        };
        QuantizedNetwork network = QuantizedNetwork.Of(
            graph.Node("Relu", ["first"], ["relu"]).Gemm("logits", "relu", 128, 10).Output("logits").Build()
        );

        Assert.False(network.IsInteger("Gemm_logits"));
        Assert.Equal("first", Assert.Single(network.Sites.Barriers()).Tensor);
        Assert.Equal(["x"], network.Sites.Observed);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void A_bias_that_is_a_row_of_a_matrix_is_quantized_too()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [2, 256])
                .Constant("w", [256, 128], Layers.Weights(128 * 256, 256, "w"))
                .Constant("b", [1, 128], Layers.Weights(128, 100, "b"))
                .Node("Gemm", ["x", "w", "b"], ["logits"])
                .Output("logits")
                .Build()
        );

        Assert.Equal("QGemm QuantizeLinear", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(35);
    }
}
