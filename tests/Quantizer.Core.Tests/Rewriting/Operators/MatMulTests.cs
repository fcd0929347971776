using Quantizer.Graphs;
using Quantizer.Placement;

namespace Quantizer.Core.Tests.Rewriting.Operators;

public class MatMulTests
{
    public static TheoryData<string[]> Shapes =>
        [
            ["1", "8", "128"],
            ["batch", "words", "128"],
        ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void With_a_bias_it_becomes_one_product_that_adds_it_in_float(string[] shape)
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Linear(shape));

        Assert.Equal("MatMulIntegerToFloat QuantizeLinear", network.Operators);
        Assert.Equal("MatMulIntegerToFloat QuantizeLinear", network.Kernels);
        Assert.Equal("MatMulIntegerToFloat", network.KernelOf("MatMul_product"));
        Assert.Null(network.KernelOf("Add_y"));
        Assert.StartsWith("the bias of a product on integers", network.ReasonOf("Add_y"));
        Assert.Equal(Layers.Weights(256, 100, "b"), network.Constant("b_float").Values<float>().ToArray());
        Assert.Equal(["x"], network.Sites.Observed);
        network.AssertNoFindings();
        network.AssertClose(35);
    }

    [Theory]
    [InlineData("QGemm", "1", "8", "128")]
    [InlineData("MatMulIntegerToFloat", "batch", "words", "128")]
    public void Of_standard_operators_the_bias_is_an_Add(string kernel, params string[] shape)
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Linear(shape), PlacementOptions.Default with { StandardOnly = true });

        Assert.All(network.Model.Graph.Nodes, node => Assert.Empty(node.Domain));
        Assert.Equal(kernel, network.KernelOf("MatMul_product"));
        Assert.Equal(ElementType.Int32, network.Constant("b_quantized").Type);
        network.AssertNoFindings();
        network.AssertClose(35);
    }

    [Fact]
    public void A_clamp_behind_a_bias_that_the_product_adds_needs_no_barrier()
    {
        OnnxModel model = Linear(["batch", "words", "128"], "sum");
        model.Graph.Nodes.Add(new Node("Relu", ["sum"], ["y"], "clamp"));

        QuantizedNetwork network = QuantizedNetwork.Of(model);

        Assert.Equal("MatMulIntegerToFloat QuantizeLinear Relu", network.Operators);
        Assert.Equal("MatMulIntegerToFloat", network.KernelOf("MatMul_product"));
        network.AssertNoFindings();
        network.AssertClose(35);
    }

    [Fact]
    public void What_others_read_dequantized_stays_beside_the_product()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 8, 128])
            .MatMul("first", "x", 128, 128)
            .Constant("b", [128], Layers.Weights(128, 100, "b"))
            .Node("Add", ["first", "b"], ["biased"])
            .MatMul("last", "x", 128, 128)
            .Output("biased")
            .Output("last")
            .Build();

        QuantizedNetwork network = QuantizedNetwork.Of(model);

        Assert.Equal("DequantizeLinear*2 MatMul MatMulIntegerToFloat QuantizeLinear", network.Operators);
        Assert.Equal("MatMulIntegerToFloat*2 QuantizeLinear", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(35);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Between_linear_layers_a_bias_is_added_before_anything_is_rounded(string[] shape)
    {
        OnnxModel model = Linear(shape, "sum");
        model.Graph.Nodes.Add(new Node("Relu", ["sum"], ["clamped"], "clamp"));
        model.Graph.Nodes.Add(new Node("MatMul", ["clamped", "last_weights"], ["y"], "last"));
        model.Graph.Initializers.Add(Tensor.FromFloats("last_weights", [256, 128], Layers.Weights(256 * 128, 256, "last")));

        QuantizedNetwork network = QuantizedNetwork.Of(model);

        Assert.Equal(["x", "clamped"], network.Sites.Observed);
        Assert.StartsWith("the bias of a product on integers", network.ReasonOf("Add_sum"));
        Assert.Equal("MatMulIntegerToFloat*2 QuantizeLinear*2", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(35);
    }

    [Fact]
    public void Without_a_bias_it_writes_float()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder().Input("x", [1, 8, 128]).MatMul("y", "x", 128, 256).Output("y").Build()
        );

        Assert.Equal("MatMulIntegerToFloat", network.KernelOf("MatMul_y"));
        network.AssertNoFindings();
        network.AssertClose(35);
    }

    [Fact]
    public void Before_another_product_it_writes_integers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 8, 128])
                .MatMul("first", "x", 128, 256)
                .MatMul("last", "first", 256, 128)
                .Output("last")
                .Build()
        );

        Assert.Equal("MatMulIntegerToFloat QLinearMatMul QuantizeLinear", network.Kernels);
        Assert.Equal(["x", "first"], network.Sites.Observed);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void An_excluded_product_with_bias_between_integer_ones_stays_really_in_float()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 8, 128])
            .MatMul("first", "x", 128, 128)
            .MatMul("middle", "first", 128, 128)
            .Constant("b", [128], Layers.Weights(128, 100, "b"))
            .Node("Add", ["middle", "b"], ["biased"])
            .MatMul("last", "biased", 128, 128)
            .Output("last")
            .Build();

        QuantizedNetwork network = QuantizedNetwork.Of(model, PlacementOptions.Default with { Exclude = ["MatMul_middle"] });

        Assert.DoesNotContain("QLinearAdd", network.Kernels);
        Assert.False(network.Verification.Nodes.Single(node => node.Placement.Node == "MatMul_middle").RunsOnIntegers);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void Attention_products_stay_in_float()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 8, 128])
                .MatMul("q", "x", 128, 128)
                .MatMul("k", "x", 128, 128)
                .MatMul("v", "x", 128, 128)
                .Node("Transpose", ["k"], ["kt"], NodeAttribute.Of("perm", [0, 2, 1]))
                .Node("MatMul", ["q", "kt"], ["scores"])
                .Node("Softmax", ["scores"], ["shares"])
                .Node("MatMul", ["shares", "v"], ["mixed"])
                .MatMul("out", "mixed", 128, 128)
                .Output("out")
                .Build()
        );

        Assert.Equal(
            "MatMulIntegerToFloat*4",
            string.Join(' ', network.Kernels.Split(' ').Where(kernel => kernel.StartsWith("MatMulInteger", StringComparison.Ordinal)))
        );
        Assert.Equal(
            "part of an attention, whose products of activations gain little and cost accuracy",
            network.ReasonOf("MatMul_scores")
        );
        Assert.DoesNotContain("QLinear", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    /// <param name="shape">Sizes, and names of those that are open.</param>
    private static OnnxModel Linear(IEnumerable<string> shape, string sum = "y") =>
        new GraphBuilder()
            .Input("x", [.. shape.Select(size => long.TryParse(size, out long known) ? known : (Dimension)size)])
            .MatMul("product", "x", 128, 256)
            .Constant("b", [256], Layers.Weights(256, 100, "b"))
            .Node("Add", ["product", "b"], [sum])
            .Output("y")
            .Build();
}
