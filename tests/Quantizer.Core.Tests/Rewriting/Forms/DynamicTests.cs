using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;

namespace Quantizer.Core.Tests.Rewriting.Forms;

public class DynamicTests
{
    private static readonly PlacementOptions Dynamic = PlacementOptions.Default with { Activations = ActivationMode.Dynamic };

    [Fact]
    public void A_product_becomes_one_kernel()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder().Input("x", [1, 8, 128]).MatMul("y", "x", 128, 256).Output("y").Build(),
            Dynamic
        );

        Assert.Equal("DynamicQuantizeMatMul", network.Kernels);
        Assert.Empty(network.Sites.Observed);
        Assert.True(network.RunsOnIntegers("MatMul_y"));
        Assert.Equal(NodeForm.Dynamic, Assert.Single(network.Sites.Nodes).Form);
        network.AssertNoFindings();
        network.AssertClose(35);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void A_bias_is_added_inside_the_kernel(long transposed)
    {
        long[] shape = transposed == 1 ? [256, 128] : [128, 256];
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [8, 128])
                .Constant("w", shape, Layers.Weights(128 * 256, 128, "w"))
                .Constant("b", [1, 256], Layers.Weights(256, 1, "b"))
                .Node("Gemm", ["x", "w", "b"], ["y"], NodeAttribute.Of("transB", transposed))
                .Output("y")
                .Build(),
            Dynamic
        );

        Assert.Equal("DynamicQuantizeMatMul", network.Kernels);
        Assert.Equal([128, 256], network.Constant("w_quantized").Dimensions);
        network.AssertNoFindings();
        network.AssertClose(35);
    }

    [Fact]
    public void Readers_of_one_tensor_share_its_integers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 8, 128])
                .MatMul("q", "x", 128, 128)
                .MatMul("k", "x", 128, 128)
                .MatMul("v", "x", 128, 128)
                .Constant("b", [128], Layers.Weights(128, 1, "b"))
                .Node("Add", ["v", "b"], ["biased"])
                .Output("q")
                .Output("k")
                .Output("biased")
                .Build(),
            Dynamic
        );

        Assert.Equal("DynamicQuantizeLinear MatMulIntegerToFloat*3", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(35);
    }

    [Fact]
    public void Products_of_one_weight_store_it_once()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 8, 128])
            .MatMul("a", "x", 128, 128)
            .Node("Tanh", ["a"], ["t"])
            .Node("MatMul", ["t", "a_w"], ["y"])
            .Output("y")
            .Build();

        QuantizedNetwork network = QuantizedNetwork.Of(model, Dynamic);

        Assert.Single(network.Model.Graph.Initializers, tensor => tensor.Type == ElementType.Int8);
        Assert.Equal("DynamicQuantizeMatMul*2 Tanh", network.Kernels);
        network.AssertClose(30);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_lstm_runs_on_integers(int directions)
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Recurrent.Layer("LSTM", 4, directions), Dynamic);

        Assert.Equal("DynamicQuantizeLSTM", network.Kernels);
        Assert.Equal([directions, Recurrent.Inputs, 4 * Recurrent.Hidden], network.Constant("w_quantized").Dimensions);
        Assert.Equal([directions, 4 * Recurrent.Hidden], network.Constant("w_scale").Dimensions);
        Assert.True(network.RunsOnIntegers("LSTM_y"));
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void An_lstm_runs_on_integers_where_nothing_is_asked_for_and_not_with_fixed_ranges()
    {
        OnnxModel model = Recurrent.Layer("LSTM", 4, directions: 1);

        Assert.Equal("DynamicQuantizeLSTM", QuantizedNetwork.Of(model).Kernels);
        QuantizedNetwork network = QuantizedNetwork.Of(model, PlacementOptions.Default with { Activations = ActivationMode.Static });
        Assert.Equal("LSTM", network.Kernels);
        Assert.Equal("LSTM has no integer kernel that takes ranges from calibration", network.ReasonOf("LSTM_y"));
    }

    [Fact]
    public void Convolutions_are_stored()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("a", "x", 16, 32)
                .Node("GlobalAveragePool", ["a"], ["p"])
                .Node("Flatten", ["p"], ["f"])
                .Gemm("y", "f", 32, 1024)
                .Output("y")
                .Build(),
            Dynamic
        );

        Assert.Equal(NodeForm.Stored, network.Sites.Nodes[0].Form);
        Assert.Equal("Conv has no integer kernel that takes its ranges in each run", network.ReasonOf("Conv_a"));
        Assert.Equal("DynamicQuantizeMatMul", network.KernelOf("Gemm_y"));
        network.AssertNoFindings();
        network.AssertClose(30);
    }
}
