using Quantizer.Core.Tests.Execution;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Ranges.Weights;

namespace Quantizer.Core.Tests.Rewriting;

/// <summary>Biases of channels whose weights are so small that the bias would not fit into 32 bits with their scale.</summary>
public class BiasTests
{
    private const int Dead = 3,
        Zero = 5,
        Channels = 16;

    [Fact]
    public void Dead_channels_of_a_convolution_keep_their_bias()
    {
        (float[] weights, float[] bias) = WithDeadChannels(channelAxisFirst: true, depth: 16 * 9);
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Constant("w", [Channels, 16, 3, 3], weights)
                .Constant("b", [Channels], bias)
                .Node("Conv", ["x", "w", "b"], ["y"], NodeAttribute.Of("pads", [1, 1, 1, 1]))
                .Output("y")
                .Build()
        );

        Assert.Equal("DequantizeLinear QLinearConv QuantizeLinear", network.Kernels);
        AssertDeadChannels(network, [1, 16, 8, 8], positions: 64, tolerance: network.Plan.Activations["y"].Parameters.Scale);
    }

    [Fact]
    public void Dead_channels_of_a_product_keep_their_bias()
    {
        (float[] weights, float[] bias) = WithDeadChannels(channelAxisFirst: false, depth: 1024);
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 1024])
                .Constant("w", [1024, Channels], weights)
                .Constant("b", [Channels], bias)
                .Node("Gemm", ["x", "w", "b"], ["y"])
                .Output("y")
                .Build()
        );

        Assert.Equal("QGemm QuantizeLinear", network.Kernels);
        AssertDeadChannels(network, [1, 1024], positions: 1, tolerance: 1e-5f);
    }

    [Fact]
    public void With_one_scale_for_all_weights_every_bias_fits()
    {
        (float[] weights, float[] bias) = WithDeadChannels(channelAxisFirst: false, depth: 1024);
        Array.Fill(weights, 1e-12f);
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 1024])
                .Constant("w", [1024, Channels], weights)
                .Constant("b", [Channels], bias)
                .Node("Gemm", ["x", "w", "b"], ["y"])
                .Output("y")
                .Build(),
            weights: WeightOptions.Default with
            {
                Granularity = WeightGranularity.PerTensor,
            }
        );

        Assert.Empty(network.Constant("w_scale").Dimensions);
        AssertDeadChannels(network, [1, 1024], positions: 1, tolerance: 1e-5f);
    }

    /// <summary>One channel of weights near zero with a large bias, one of zeros with a small bias.</summary>
    private static (float[] Weights, float[] Bias) WithDeadChannels(bool channelAxisFirst, int depth)
    {
        float[] weights = Layers.Weights(Channels * depth, depth, "w"),
            bias = SmallNetworks.Values(Channels, seed: 4);
        for (int i = 0; i < depth; i++)
        {
            weights[channelAxisFirst ? Dead * depth + i : i * Channels + Dead] *= 1e-12f;
            weights[channelAxisFirst ? Zero * depth + i : i * Channels + Zero] = 0f;
        }
        (bias[Dead], bias[Zero]) = (-2.75f, 0.0012f);
        return (weights, bias);
    }

    private static void AssertDeadChannels(QuantizedNetwork network, long[] shape, int positions, float tolerance)
    {
        using InferenceModel session = InferenceModel.Load(network.Model);
        float[] x = SmallNetworks.Values((int)shape.Aggregate(1L, (product, size) => product * size), seed: 5);
        float[] y = session.Run(new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats(shape, x) })["y"].Floats.ToArray();
        for (int position = 0; position < positions; position++)
        {
            Assert.Equal(-2.75f, y[Dead * positions + position], tolerance);
            Assert.Equal(0.0012f, y[Zero * positions + position], tolerance);
        }
        network.AssertNoFindings();
        network.AssertClose(30);
    }
}
