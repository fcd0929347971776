using Quantizer.Core.Tests.Search;
using Quantizer.Correction;
using Quantizer.Correction.Rounding;
using Quantizer.Graphs;
using Quantizer.Ranges.Weights;
using Quantizer.Samples;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Correction.Rounding;

public class CompensatedRoundingTests
{
    public static TheoryData<string> Kinds => ["convolution", "depthwise", "linear"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Outputs_change_less_than_by_rounding_each_weight_to_the_nearest(string kind)
    {
        RoundedLayer layer = Layer(kind);
        float[][] exact = Channels(layer, layer.Layer.Weights),
            nearest = Channels(layer, layer.Layer.Rounded),
            compensated = Channels(layer, Rounded(layer, threads: 2));

        double before = layer.ErrorOf(nearest, exact).Sum(),
            after = layer.ErrorOf(compensated, exact).Sum();

        // The inputs of a depthwise convolution are nine neighbours each: there is less to make up with.
        Assert.True(after < (kind == "depthwise" ? 0.95 : 0.7) * before, $"{before} -> {after}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_weight_is_a_whole_step_that_its_type_holds(string kind)
    {
        RoundedLayer layer = Layer(kind);

        float[][] channels = Channels(layer, Rounded(layer, threads: 2));

        for (int channel = 0; channel < channels.Length; channel++)
        {
            float scale = layer.Layer.Numbers.Scales[channel];
            Assert.All(
                channels[channel],
                weight =>
                {
                    float steps = weight / scale;
                    Assert.Equal(MathF.Round(steps), steps, 1e-4f);
                    Assert.InRange(steps, -127.001f, 127.001f);
                }
            );
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Threads_change_no_bit(string kind)
    {
        RoundedLayer layer = Layer(kind);

        Assert.Equal(Rounded(layer, threads: 1).Data.ToArray(), Rounded(layer, threads: 3).Data.ToArray());
    }

    [Fact]
    public void Inputs_that_are_always_zero_tell_nothing()
    {
        Study study = RoundedLayer.StudyOf("linear", []);
        CorrectedLayer layer = RoundedLayer.Of(study).Layer;
        Sample silence = new("silence", new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([1, 256], new float[256]) });
        InputRows rows = RoundedLayer.RowsOf(layer, study.Model.Graph, [silence, silence]);

        Assert.Null(CompensatedRounding.Of(layer, rows, new SampleWorkers(1, CancellationToken.None), CancellationToken.None));
    }

    [Theory]
    [InlineData("convolution", 9)]
    [InlineData("linear", 1)]
    public void Neighbours_fit_beside_each_other(string kind, int taps)
    {
        RoundedLayer layer = Layer(kind);
        ProductPairs pairs = new(layer.Layer.GroupWidth, taps);
        LayerNumbers numbers = layer.Layer.Numbers with
        {
            Scheme = layer.Layer.Numbers.Scheme with { Pairs = pairs },
            // Far too fine, so that many do not.
            Scales = [.. layer.Layer.Numbers.Scales.Select(scale => scale / 2)],
        };
        RoundedLayer fine = layer with { Layer = layer.Layer with { Numbers = numbers } };

        float[][] channels = Channels(fine, Rounded(fine, threads: 2));

        int[] heaviest =
        [
            .. channels.Select(
                (channel, i) =>
                    pairs
                        .In(channel.Length)
                        .Max(pair => (int)MathF.Abs(MathF.Round((channel[pair.First] + channel[pair.Second]) / numbers.Scales[i])))
            ),
        ];
        Assert.All(heaviest, sum => Assert.InRange(sum, 0, ProductPairs.LargestSum));
        Assert.Equal(ProductPairs.LargestSum, heaviest.Max());
    }

    private static Tensor Rounded(RoundedLayer layer, int threads) =>
        CompensatedRounding.Of(layer.Layer, layer.Rows, new SampleWorkers(threads, CancellationToken.None), CancellationToken.None)!;

    private static float[][] Channels(RoundedLayer layer, Tensor weights) => WeightPlanner.Channels(weights, layer.Layer.Numbers.Axis);

    private static RoundedLayer Layer(string kind) => RoundedLayer.OfKind(kind, 8, 8);
}
