using Quantizer.Core.Tests.Patterns;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Targets.OnnxRuntimeCpu;

public class KeptPatternsTests
{
    [Fact]
    public void A_feed_forward_block_keeps_its_normalization_and_its_activation_for_the_runtime_to_fuse()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 128])
                .MatMul("in", "x", 128, 128)
                .LayerNormalization("normal", "in", 128)
                .MatMul("wide", "normal", 128, 256)
                .Gelu("active", "wide")
                .MatMul("narrow", "active", 256, 128)
                .Output("narrow")
                .Build()
        );

        Assert.Equal("Gelu LayerNormalization MatMulIntegerToFloat*3 QuantizeLinear*3", network.Kernels);
        Assert.Equal("part of a GELU, which ONNX Runtime runs as one float kernel", network.ReasonOf("Erf_active_erf"));
        Assert.Equal(
            "part of a LayerNormalization, which ONNX Runtime runs as one float kernel",
            network.ReasonOf("ReduceMean_normal_mean")
        );
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void A_convolution_in_front_of_a_spelled_out_activation_still_runs_on_integers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 12, 12])
                .Conv("first", "x", 16, 32)
                .Gelu("active", "first")
                .Conv("second", "active", 32, 32)
                .Output("second")
                .Build()
        );

        Assert.True(network.RunsOnIntegers("Conv_first"));
        Assert.True(network.RunsOnIntegers("Conv_second"));
        Assert.DoesNotContain("QLinearAdd", network.Kernels);
        Assert.DoesNotContain("QLinearMul", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(28);
    }
}
