using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;

namespace Quantizer.Core.Tests.Rewriting.Forms;

/// <summary>Weights of 4 bits in blocks.</summary>
public class BlocksTests
{
    private static readonly PlacementOptions Int4 = PlacementOptions.Default with
    {
        Activations = ActivationMode.None,
        Storage = WeightStorage.Int4,
    };

    [Fact]
    public void Products_run_the_kernel_that_multiplies_blocks()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder().Input("x", [1, 8, 128]).MatMul("y", "x", 128, 96).Node("Relu", ["y"], ["z"]).Output("z").Build(),
            Int4
        );

        Assert.Equal("MatMulNBits Relu", network.Kernels);
        Assert.Equal("MatMulNBits", network.KernelOf("MatMul_y"));
        Assert.Equal(21, network.Model.Opset);
        Assert.Equal(
            (ElementType.UInt4, 128 * 96 / 2),
            (network.Constant("y_w_quantized").Type, network.Constant("y_w_quantized").Data.Length)
        );
        Assert.Equal([4, 96], network.Constant("y_w_scale").Dimensions);
        Assert.Equal([4, 96], network.Constant("y_w_zero_point").Dimensions);
        NodePlacement placement = network.Sites.Nodes[0];
        Assert.Equal((NodeForm.Stored, true), (placement.Form, placement.HasBlocks));
        Assert.False(network.RunsOnIntegers("MatMul_y"));
        network.AssertNoFindings();
        // 16 values over the range of 32 Gaussian weights leave about 21 dB; 8 more are lost with one bit less and a half.
        network.AssertClose(20);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gemm_keeps_its_bias_whichever_way_round_its_weights_lie(bool transposed)
    {
        NodeAttribute[] attributes = transposed ? [NodeAttribute.Of("transB", 1L)] : [];
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [4, 64])
                .Constant("w", transposed ? [48, 64] : [64, 48], Layers.Weights(64 * 48, 64, "w"))
                .Constant("b", [48], Layers.Weights(48, 1, "b"))
                .Node("Gemm", ["x", "w", "b"], ["y"], attributes)
                .Output("y")
                .Build(),
            Int4
        );

        Assert.Equal("MatMulNBits", network.Kernels);
        Assert.Equal([64, 48], network.Constant("w_quantized").Dimensions);
        network.AssertNoFindings();
        network.AssertClose(20);
    }

    [Fact]
    public void What_has_no_such_kernel_is_stored_in_8_bits()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 8, 40])
                .MatMul("y", "x", 40, 64)
                .Input("i", [1, 16, 8, 8])
                .Conv("c", "i", 16, 32)
                .Output("y")
                .Output("c")
                .Build(),
            Int4
        );

        Assert.Equal(ElementType.Int8, network.Constant("y_w_quantized").Type);
        Assert.Equal(ElementType.Int8, network.Constant("c_w_quantized").Type);
        Assert.Equal("Conv MatMul", network.Kernels);
        Assert.All(network.Sites.Nodes, node => Assert.Equal((NodeForm.Stored, false), (node.Form, node.HasBlocks)));
        network.AssertNoFindings();
        network.AssertClose(40);
    }

    [Fact]
    public void Weights_that_something_else_reads_too_are_stored_in_8_bits()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [8, 64])
                .Constant("w", [64, 64], Layers.Weights(64 * 64, 64, "w"))
                .Node("MatMul", ["x", "w"], ["y"])
                .Node("Mul", ["y", "y"], ["s"])
                .Node("Gemm", ["s", "w"], ["z"], NodeAttribute.Of("transB", 1L))
                .Output("z")
                .Build(),
            Int4
        );

        Assert.Equal(ElementType.Int8, network.Constant("w_quantized").Type);
        network.AssertClose(35);
    }

    [Fact]
    public void Nodes_that_the_options_want_in_8_bits_are_stored_so()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder().Input("x", [1, 8, 64]).MatMul("y", "x", 64, 64).MatMul("z", "y", 64, 64).Output("z").Build(),
            Int4 with
            {
                Stored = new Dictionary<string, string> { ["MatMul_y"] = "too much error" },
            }
        );

        Assert.Equal([false, true], network.Sites.Nodes.Select(node => node.HasBlocks));
        Assert.Equal("MatMul MatMulNBits", network.Kernels);
    }
}
