using Quantizer.Core.Tests.Ranges.Selectors;
using Quantizer.Graphs;
using Quantizer.Ranges.Weights;
using Quantizer.Rewriting;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Ranges.Weights;

public class HeavyPairsTests
{
    private const int Summed = 576;

    private static readonly QuantizationScheme Scheme = QuantizationScheme.Int8Symmetric with { Pairs = new ProductPairs(Summed, Taps: 9) };

    [Fact]
    public void The_least_scale_holds_the_heaviest_pair()
    {
        HeavyPairs pairs = HeavyPairs.In(
            [
                [1f, 0.5f, -2f, -1f, 4f, -4f],
            ],
            [(0, 1), (2, 3), (4, 5)]
        );

        Assert.Equal(3f / ProductPairs.LargestSum, pairs.LeastScale);
        Assert.Equal(0f, HeavyPairs.None.LeastScale);
    }

    [Theory]
    [InlineData(WeightRangeMethod.MinMax, 1)]
    [InlineData(WeightRangeMethod.MinMax, 8)]
    [InlineData(WeightRangeMethod.SquaredError, 1)]
    [InlineData(WeightRangeMethod.SquaredError, 8)]
    public void Integers_of_planned_scales_fit(WeightRangeMethod method, int channels)
    {
        Tensor weights = Weights(channels);
        foreach (WeightGranularity granularity in Enum.GetValues<WeightGranularity>())
        {
            float[] scales = WeightPlanner.Scales(weights, axis: 0, Scheme, new WeightOptions(granularity, method));
            Tensor integers = IntegerTensors.OfWeights("integers", weights, axis: 0, scales, Scheme);

            Assert.True(HeaviestOf(integers, channels) is > 100 and <= ProductPairs.LargestSum, granularity.ToString());
        }
    }

    [Fact]
    public void Nothing_is_clipped_where_nothing_is_to_be()
    {
        Tensor weights = Weights(channels: 4);
        float[] scales = WeightPlanner.Scales(weights, axis: 0, Scheme, WeightOptions.Default);
        ReadOnlySpan<sbyte> integers = IntegerTensors.OfWeights("integers", weights, axis: 0, scales, Scheme).Values<sbyte>();
        ReadOnlySpan<float> values = weights.Values<float>();

        // A pair whose both weights are rounded up may be one too heavy.
        for (int i = 0; i < integers.Length; i++)
            Assert.InRange(Math.Abs(values[i] / scales[i / Summed] - integers[i]), 0, 1.001);
    }

    /// <summary>What is added for pairs is what rounding them really costs.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(1.0)]
    public void The_error_is_that_of_the_integers(double share)
    {
        Tensor weights = Weights(channels: 1);
        float[] values = weights.Values<float>().ToArray();
        HeavyPairs pairs = HeavyPairs.In([values], [.. Scheme.Pairs!.Value.In(Summed)]);
        float scale = (float)(pairs.LeastScale * share);

        double told = WeightRangeSearch.SquaredError(values, scale, Scheme) + pairs.SquaredError(scale, Scheme);

        sbyte[] integers = IntegerTensors.OfWeights("integers", weights, axis: 0, [scale], Scheme).Values<sbyte>().ToArray();
        double found = values.Zip(integers, (value, integer) => Math.Pow(value - integer * scale, 2)).Sum();
        Assert.Equal(found, told, 1e-3 * found);
    }

    [Fact]
    public void Below_its_limit_an_error_is_exact_and_from_there_on_infinite()
    {
        float[] values = Weights(channels: 1).Values<float>().ToArray();
        HeavyPairs pairs = HeavyPairs.In([values], [.. Scheme.Pairs!.Value.In(Summed)]);
        float scale = pairs.LeastScale * 0.6f;
        double error = pairs.SquaredError(scale, Scheme);

        Assert.InRange(error, 1e-6, 1e6);
        Assert.Equal(error, pairs.SquaredError(scale, Scheme, limit: 1.01 * error));
        Assert.Equal(double.PositiveInfinity, pairs.SquaredError(scale, Scheme, limit: 0.99 * error));
        Assert.Equal(double.PositiveInfinity, pairs.SquaredError(scale, Scheme, limit: 0));
    }

    [Fact]
    public void The_range_of_least_error_knows_of_pairs()
    {
        float[] values = Weights(channels: 1).Values<float>().ToArray();
        HeavyPairs pairs = HeavyPairs.In([values], [.. Scheme.Pairs!.Value.In(Summed)]);

        double found = ErrorAt(WeightRangeSearch.SquaredErrorThreshold(values, pairs, Scheme) / Scheme.QuantizedMax),
            least = Enumerable.Range(40, 61).Min(percent => ErrorAt(pairs.LeastScale * percent / 100));

        Assert.InRange(found, 0, 1.02 * least);

        double ErrorAt(float scale) => WeightRangeSearch.SquaredError(values, scale, Scheme) + pairs.SquaredError(scale, Scheme);
    }

    private static Tensor Weights(int channels) =>
        Tensor.FromFloats("weights", [channels, Summed / 9, 3, 3], Distributions.Sample("Gauss", channels * Summed));

    private static int HeaviestOf(Tensor integers, int channels)
    {
        sbyte[] values = integers.Values<sbyte>().ToArray();
        return Scheme
            .Pairs!.Value.InTensor(values.Length, channels, Summed)
            .SelectMany(pair =>
                Enumerable
                    .Range(0, channels)
                    .Select(channel => Math.Abs(values[pair.First + channel * Summed] + values[pair.Second + channel * Summed]))
            )
            .Max();
    }
}
