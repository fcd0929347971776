using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Rewriting.Operators;

public class DepthwiseConvolutionTests
{
    [Fact]
    public void A_depthwise_convolution_in_a_chain_runs_on_integers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("wide", "x", 16, 48, kernel: 1)
                .Clip("wide_clip", "wide", 0f, 6f)
                .Depthwise("deep", "wide_clip", 48, stride: 2)
                .Clip("deep_clip", "deep", 0f, 6f)
                .Conv("narrow", "deep_clip", 48, 16, kernel: 1)
                .Output("narrow")
                .Build()
        );

        Assert.Equal("DequantizeLinear QLinearConv*3 QuantizeLinear", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void A_depthwise_convolution_of_an_odd_number_of_channels_stays_really_in_float()
    {
        // 40 channels would need 8 more, too few of them to pad: but padding is lowering's work, which this leaves out.
        QuantizedNetwork network = QuantizedNetwork.Of(OddChannels());

        Assert.Equal("Conv", network.KernelOf("Conv_deep"));
        Assert.Equal(
            "a depthwise convolution of 40 channels is slower in integers (0.3x); its kernel needs a multiple of 16",
            network.ReasonOf("Conv_deep")
        );
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void Lowering_brings_an_odd_number_of_channels_to_integers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(OddChannels(), lowered: true);

        Assert.Equal("DequantizeLinear QLinearConv*3 QuantizeLinear", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    private static OnnxModel OddChannels() =>
        new GraphBuilder()
            .Input("x", [1, 16, 8, 8])
            .Conv("wide", "x", 16, 40, kernel: 1)
            .Node("Relu", ["wide"], ["wide_relu"])
            .Depthwise("deep", "wide_relu", 40)
            .Node("Relu", ["deep"], ["deep_relu"])
            .Conv("narrow", "deep_relu", 40, 16, kernel: 1)
            .Output("narrow")
            .Build();
}
