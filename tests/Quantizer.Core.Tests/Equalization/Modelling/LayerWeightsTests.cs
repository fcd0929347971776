using Quantizer.Core.Tests.Rewriting;
using Quantizer.Equalization.Modelling;
using Quantizer.Graphs;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Equalization.Modelling;

public class LayerWeightsTests
{
    private static readonly GraphIndex Index = new(
        new GraphBuilder().Input("x", [1, 16, 8, 8]).Conv("dense", "x", 16, 32).Depthwise("deep", "x", 16).BuildGraph()
    );

    [Fact]
    public void Weights_that_must_fit_beside_each_other_have_fewer_steps()
    {
        QuantizationScheme free = QuantizationScheme.Int8Symmetric,
            fitting = free with { Pairs = new ProductPairs(Summed: 144, Taps: 9) };

        LayerWeights alone = LayerWeights.Of(NodeOf("dense"), Index, free)!,
            paired = LayerWeights.Of(NodeOf("dense"), Index, fitting)!;

        Assert.Equal(127, alone.Steps);
        Assert.Equal(89.8, paired.Steps, 0.01);
        Assert.Equal(alone.Largest, paired.Largest);
    }

    [Fact]
    public void A_depthwise_layer_has_a_scale_for_each_channel_anyhow() =>
        Assert.Empty(LayerWeights.Of(NodeOf("deep"), Index, QuantizationScheme.Int8Symmetric)!.Largest);

    private static Node NodeOf(string output) => Index.ProducerOf(output)!;
}
