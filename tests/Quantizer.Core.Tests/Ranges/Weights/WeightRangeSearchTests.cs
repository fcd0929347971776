using Quantizer.Core.Tests.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Ranges.Weights;

public class WeightRangeSearchTests
{
    private static readonly QuantizationScheme Scheme = QuantizationScheme.Int8Symmetric;

    [Fact]
    public void The_largest_magnitude_covers_all() => Assert.Equal(3f, WeightRangeSearch.MinMaxThreshold([1f, -3f, 2f, 0f]));

    [Fact]
    public void Channels_of_zeros_have_threshold_zero()
    {
        Assert.Equal(0f, WeightRangeSearch.MinMaxThreshold([0f, -0f]));
        Assert.Equal(0f, WeightRangeSearch.SquaredErrorThreshold(new float[9], HeavyPairs.None, Scheme));
        Assert.Equal(0f, WeightRangeSearch.SquaredErrorThreshold([], HeavyPairs.None, Scheme));
    }

    [Fact]
    public void Weights_on_the_grid_are_left_alone() =>
        // With scale 1 these are exact; any other threshold moves one of them.
        Assert.Equal(127f, WeightRangeSearch.SquaredErrorThreshold([1f, -50f, 127f, 3f], HeavyPairs.None, Scheme));

    [Fact]
    public void Errors_agree_with_plain_quantization_at_awkward_lengths()
    {
        foreach (int length in (int[])[1, 7, 8, 9, 100, 4096, 4097])
        {
            float[] weights = Distributions.Sample("Gauss", length);
            foreach (float scale in (float[])[0.01f, 0.05f])
            {
                double expected = TrueError.SquaredError(weights, new QuantizationParameters(scale, 0, Scheme));
                Assert.Equal(expected, WeightRangeSearch.SquaredError(weights, scale, Scheme), 1e-3 * expected);
            }
        }
    }

    [Theory]
    [InlineData("Gauss", 9)]
    [InlineData("Gauss", 576)]
    [InlineData("Laplace", 4608)]
    [InlineData("Laplace", 100_000)]
    [InlineData("Gauss with outliers", 100_000)]
    public void Squared_error_is_close_to_brute_force_and_never_above_no_clipping(string name, int length)
    {
        float[] weights = Distributions.Sample(name, length);
        float threshold = WeightRangeSearch.SquaredErrorThreshold(weights, HeavyPairs.None, Scheme);
        double found = SqnrDb(weights, threshold);
        Assert.InRange(threshold, 0f, WeightRangeSearch.MinMaxThreshold(weights));
        Assert.InRange(found, SqnrDb(weights, WeightRangeSearch.MinMaxThreshold(weights)) - 0.001, double.PositiveInfinity);
        // A channel of nine weights has an error so jagged that a fine grid alone finds its deepest notch.
        Assert.InRange(found, TrueError.BruteForceSqnrDb(weights, Scheme) - (length < 100 ? 0.5 : 0.1), double.PositiveInfinity);
    }

    [Theory]
    [InlineData("Gauss", 9)]
    [InlineData("Laplace", 100)]
    [InlineData("Gauss with outliers", 5000)]
    public void The_error_is_never_less_than_that_of_the_largest_weight_alone(string name, int length)
    {
        float[] weights = Distributions.Sample(name, length);
        float largest = WeightRangeSearch.MinMaxThreshold(weights);
        for (int step = 0; step < 200; step++)
        {
            float scale = largest / 127 * MathF.Pow(2, -step / 60f);
            double least = WeightRangeSearch.LeastSquaredError(largest, scale, Scheme);
            Assert.InRange(least, 0, WeightRangeSearch.SquaredError(weights, scale, Scheme));
            // A range of half the size misses the largest weight by half of it.
            if (step == 60)
                Assert.Equal(0.25 * largest * largest, least, 1e-4 * largest * largest);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Non_finite_weights_are_refused(float weight) =>
        Assert.Contains(
            "finite",
            Assert
                .Throws<QuantizationException>(() => WeightRangeSearch.SquaredErrorThreshold([1f, weight], HeavyPairs.None, Scheme))
                .Message
        );

    private static double SqnrDb(float[] weights, float threshold) =>
        TrueError.SqnrDb(weights, new ValueRange(-threshold, threshold), Scheme);
}
