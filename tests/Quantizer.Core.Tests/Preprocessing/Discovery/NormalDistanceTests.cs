using Quantizer.Graphs;
using Quantizer.Preprocessing.Discovery;

namespace Quantizer.Core.Tests.Preprocessing.Discovery;

public sealed class NormalDistanceTests
{
    [Fact]
    public void The_distance_is_the_divergence_of_two_normal_distributions()
    {
        Assert.Equal(0, NormalDistance.Of(3, 4, 3, 4), 12);
        // Mean off by one deviation: 1/2. Variance four times: (4 - 1 - ln 4) / 2.
        Assert.Equal(0.5, NormalDistance.Of(5, 4, 3, 4), 12);
        Assert.Equal(0.8068528194400547, NormalDistance.Of(3, 16, 3, 4), 12);
    }

    [Fact]
    public void Median_and_mean_are_over_the_channels_that_varied_in_training()
    {
        ChannelMoments moments = new(4);
        // Channel means 1, 2, 3, 4; variances 1.
        moments.Add(TensorValue.FromFloats([1, 4, 2], [0, 2, 1, 3, 2, 4, 3, 5]));

        (double median, double mean) = NormalDistance.Over(moments, [1, 1, 1, 1], [1, 1, 1, 1e-7f]);

        // Distances 0, 1/2, 2; the fourth channel does not count.
        Assert.Equal((0.5, 2.5 / 3), (median, mean));
    }

    [Fact]
    public void Values_that_are_not_finite_are_infinitely_far()
    {
        ChannelMoments moments = new(1);
        moments.Add(TensorValue.FromFloats([1, 1, 2], [float.NaN, 1]));

        Assert.Equal(double.PositiveInfinity, NormalDistance.Over(moments, [0], [1]).Median);
    }

    [Fact]
    public void A_channel_that_is_constant_now_is_far_but_finite()
    {
        ChannelMoments moments = new(1);
        moments.Add(TensorValue.FromFloats([1, 1, 2], [1, 1]));

        // (1e-9 - 1 - ln 1e-9) / 2
        Assert.Equal(9.8616, NormalDistance.Over(moments, [1], [1]).Median, 4);
    }

    [Fact]
    public void Moments_merge_as_if_seen_at_once()
    {
        TensorValue first = TensorValue.FromFloats([1, 2, 2], [1, 2, 30, 40]);
        TensorValue second = TensorValue.FromFloats([2, 2, 1], [5, 60, 7, 80]);
        ChannelMoments merged = new(2);
        ChannelMoments other = new(2);

        merged.Add(first);
        other.Add(second);
        merged.Add(other);

        Assert.Equal((3.75, 52.5), (merged.MeanOf(0), merged.MeanOf(1)));
        Assert.Equal((5.6875, 368.75), (merged.VarianceOf(0), merged.VarianceOf(1)));
    }

    [Fact]
    public void Another_number_of_channels_is_an_error() =>
        Assert.Contains(
            "expected Float with 3 channels",
            Assert.Throws<QuantizationException>(() => new ChannelMoments(3).Add(TensorValue.FromFloats([1, 2], [1, 2]))).Message
        );
}
