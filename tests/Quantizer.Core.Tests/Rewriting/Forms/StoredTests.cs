using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;

namespace Quantizer.Core.Tests.Rewriting.Forms;

public class StoredTests
{
    private static readonly PlacementOptions Stored = PlacementOptions.Default with { Activations = ActivationMode.None };

    [Fact]
    public void Convolutions_of_stored_weights_run_the_float_kernels()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("a", "x", 16, 32)
                .Node("Relu", ["a"], ["r"])
                .Depthwise("b", "r", 32)
                .Output("b")
                .Build(),
            Stored
        );

        Assert.Equal("Conv*2", network.Kernels);
        Assert.Equal(ElementType.Int8, network.Constant("a_w_quantized").Type);
        Assert.Equal([32, 1, 1, 1], network.Constant("a_w_scale").Dimensions);
        Assert.DoesNotContain(network.Model.Graph.Initializers, tensor => tensor.Name == "a_w");
        Assert.Empty(network.Sites.Observed);
        Assert.Equal(NodeForm.Stored, FormOf(network, "Conv_a"));
        Assert.Equal("without ranges of activations all arithmetic stays in float", network.ReasonOf("Conv_a"));
        network.AssertNoFindings();
        network.AssertClose(40);
    }

    [Fact]
    public void Transposed_convolutions_have_a_scale_per_output_channel()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 8, 4, 4])
                .Constant("w", [8, 16, 2, 2], Layers.Weights(8 * 16 * 4, 8, "w"))
                .Node("ConvTranspose", ["x", "w"], ["y"], NodeAttribute.Of("strides", [2L, 2L]))
                .Output("y")
                .Build(),
            Stored
        );

        Assert.Equal("ConvTranspose", network.Kernels);
        Assert.Equal([16, 1, 1], network.Constant("w_scale").Dimensions);
        network.AssertClose(40);
    }

    [Theory]
    [InlineData("LSTM", 4)]
    [InlineData("GRU", 3)]
    [InlineData("RNN", 1)]
    public void Recurrent_layers_keep_their_kernel(string type, int gates)
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Recurrent.Layer(type, gates, directions: 2), Stored);

        Assert.Equal(type, network.Kernels.Split(' ').Single(kernel => kernel == type));
        Assert.Equal(ElementType.Int8, network.Constant("w_quantized").Type);
        Assert.Equal(ElementType.Int8, network.Constant("r_quantized").Type);
        network.AssertClose(35);
    }

    [Fact]
    public void Of_a_large_table_only_the_rows_that_are_looked_up_become_float()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Lookup(rows: 1 << 14).Output("y").Build(), Stored);

        Assert.Equal("ArgMax Cast Gather*2 Mul", network.Kernels);
        Assert.Equal([1 << 14, 1], network.Constant("table_scale").Dimensions);
        Assert.Equal(NodeForm.Stored, FormOf(network, "Gather_y"));
        network.AssertClose(40);
    }

    [Fact]
    public void A_small_table_becomes_float_when_the_file_is_loaded()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Lookup().Output("y").Build(), Stored);

        Assert.Equal("ArgMax Gather", network.Kernels);
        Assert.Equal(ElementType.Int8, network.Constant("table_quantized").Type);
        Assert.Equal(NodeForm.Stored, FormOf(network, "Gather_y"));
        network.AssertClose(40);
    }

    [Fact]
    public void A_table_that_a_product_reads_as_well_is_stored_once()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            Lookup().Node("MatMul", ["table", "v"], ["z"]).Input("v", [64, 4]).Output("y").Output("z").Build(),
            Stored
        );

        Assert.Single(network.Model.Graph.Initializers, tensor => tensor.Type == ElementType.Int8);
        Assert.Equal("ArgMax Gather MatMul", network.Kernels);
        network.AssertClose(40);
    }

    [Fact]
    public void Weights_of_experts_have_a_scale_per_column()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 32])
                .Constant("experts", [4, 32, 48], Layers.Weights(4 * 32 * 48, 32, "experts"))
                .Node("ArgMax", ["x"], ["best"], NodeAttribute.Of("axis", 1L), NodeAttribute.Of("keepdims", 0L))
                .Constant("count", [1], [4L])
                .Node("Mod", ["best", "count"], ["chosen"])
                .Node("Gather", ["experts", "chosen"], ["w"])
                .Node("MatMul", ["x", "w"], ["y"])
                .Output("y")
                .Build(),
            Stored
        );

        Assert.Equal([48], network.Constant("experts_scale").Dimensions);
        Assert.Equal("ArgMax Gather MatMul Mod", network.Kernels);
        Assert.Equal(NodeForm.Stored, FormOf(network, "Gather_w"));
        network.AssertClose(40);
    }

    [Theory]
    [InlineData("bix,iox->box")]
    [InlineData("b i x, i o x -> b o x")]
    public void An_Einsum_that_is_no_product_has_a_scale_per_output_channel(string equation)
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Spectral(equation), Stored);

        Assert.Equal(ElementType.Int8, network.Constant("w_quantized").Type);
        Assert.Equal([48, 1], network.Constant("w_scale").Dimensions);
        network.AssertClose(40);
    }

    [Fact]
    public void An_Einsum_of_which_nothing_but_sums_is_left_keeps_its_weights()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Spectral("bix,iox->bx"), Stored);

        Assert.Equal(ElementType.Float, network.Constant("w").Type);
    }

    /// <summary>Positions, a plane, weights of each place, and a vocabulary along the second axis: much of the model, in front of a
    /// layer.</summary>
    [Theory]
    [InlineData("Add", "48,64")]
    [InlineData("Mul", "48,64")]
    [InlineData("Concat", "48,64")]
    [InlineData("GridSample", "1,16,12,12")]
    [InlineData("Gather", "48,64")]
    public void Constants_that_are_no_weights_are_stored_where_they_are_much_of_the_model(string type, string shape)
    {
        QuantizedNetwork network = QuantizedNetwork.Of(WithOperand(type, shape, isCoordinates: false), Stored);

        Assert.Equal(ElementType.Int8, network.Constant("c_quantized").Type);
        network.AssertClose(35);
    }

    /// <summary>What nothing but the outputs is made of may be coordinates: a grid of anchors.</summary>
    [Fact]
    public void Operands_behind_the_last_layer_stay_as_they_are()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(WithOperand("Add", "48,64", isCoordinates: true), Stored);

        Assert.DoesNotContain(network.Model.Graph.Initializers, tensor => tensor.Name == "c_quantized");
        Assert.Equal(ElementType.Int8, network.Constant("y_w_quantized").Type);
    }

    [Fact]
    public void Scales_lie_along_another_axis_where_few_numbers_would_share_one()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder().Input("x", [1, 4]).MatMul("y", "x", 4, 2048).Output("y").Build(),
            Stored
        );

        Assert.Equal([4, 1], network.Constant("y_w_scale").Dimensions);
        network.AssertClose(40);
    }

    private static OnnxModel WithOperand(string type, string shape, bool isCoordinates)
    {
        long[] sizes = [.. shape.Split(',').Select(long.Parse)];
        int count = (int)sizes.Aggregate(1L, (product, size) => product * size);
        GraphBuilder builder = new GraphBuilder(opset: 16).Constant("c", sizes, Layers.Weights(count, 1, "c"));
        builder = type switch
        {
            "GridSample" => builder.Input("x", [1, 48, 64, 2]).Node(type, ["c", "x"], ["s"]),
            "Gather" => builder
                .Input("x", [1, 48, 64])
                .Node("ArgMax", ["x"], ["i"])
                .Node(type, ["c", "i"], ["s"], NodeAttribute.Of("axis", 1L)),
            "Concat" => builder.Input("x", [48, 64]).Node(type, ["x", "c"], ["s"], NodeAttribute.Of("axis", 0L)),
            _ => builder.Input("x", [1, 48, 64]).Node(type, ["x", "c"], ["s"]),
        };
        return isCoordinates
            ? builder.MatMul("y", "x", 64, 32).Output("s").Output("y").Build()
            : builder.MatMul("y", "s", 64, 32).Output("y").Build();
    }

    private static OnnxModel Spectral(string equation) =>
        new GraphBuilder()
            .Input("x", [1, 32, 12])
            .Constant("w", [32, 48, 12], Layers.Weights(32 * 48 * 12, 32, "w"))
            .Node("Einsum", ["x", "w"], ["y"], NodeAttribute.Of("equation", equation))
            .Output("y")
            .Build();

    [Fact]
    public void Excluded_nodes_keep_their_weights()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder().Input("x", [1, 8, 128]).MatMul("y", "x", 128, 256).MatMul("z", "y", 256, 64).Output("z").Build(),
            Stored with
            {
                Exclude = ["MatMul_y"],
            }
        );

        Assert.Equal(ElementType.Float, network.Constant("y_w").Type);
        Assert.Equal(ElementType.Int8, network.Constant("z_w_quantized").Type);
        Assert.Equal(NodeForm.Float, FormOf(network, "MatMul_y"));
    }

    [Fact]
    public void Beside_integers_only_notable_weights_are_stored()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 3, 16, 16])
                .Conv("stem", "x", 3, 64)
                .Conv("a", "stem", 64, 64)
                .Conv("grouped", "a", 64, 512, group: 2)
                .Output("grouped")
                .Build()
        );

        Assert.Equal([NodeForm.Float, NodeForm.Static, NodeForm.Stored], network.Sites.Nodes.Select(node => node.Form));
        Assert.False(network.RunsOnIntegers("Conv_grouped"));
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void A_network_of_small_layers_stores_them_unasked()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder().Input("x", [1, 8, 64]).MatMul("y", "x", 64, 64).MatMul("z", "y", 64, 64).Output("z").Build()
        );

        Assert.Equal([NodeForm.Stored, NodeForm.Stored], network.Sites.Nodes.Select(node => node.Form));
        Assert.Equal("MatMul*2", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(40);
    }

    private static GraphBuilder Lookup(int rows = 32) =>
        new GraphBuilder()
            .Input("x", [1, 8, rows])
            .Constant("table", [rows, 64], Layers.Weights(rows * 64, 8, "table"))
            .Node("ArgMax", ["x"], ["rows"], NodeAttribute.Of("axis", 2), NodeAttribute.Of("keepdims", 0))
            .Node("Gather", ["table", "rows"], ["y"]);

    private static NodeForm FormOf(QuantizedNetwork network, string node) =>
        network.Sites.Nodes.Single(placement => placement.Node == node).Form;
}
