using Quantizer.Calibration.Statistics;
using Quantizer.Details;
using Quantizer.Ranges.Densities;

namespace Quantizer.Core.Tests.Details;

public class EqualBinsTests
{
    [Fact]
    public void Values_that_are_known_exactly_lie_in_their_bins()
    {
        // Edges at 0, 0.5, 1, 1.5, 2: the smallest and the largest value are known exactly, and zeros are in no bin.
        Assert.Equal([0, 0, 3, 2], Bins([0, 0, 1, 1, 1, 2, 2], 4));
    }

    [Fact]
    public void Bins_reach_from_the_smallest_negative_value_to_the_largest()
    {
        Assert.Equal([2, 0, 0, 1], Bins([-3, -3, 5], 4));
    }

    [Fact]
    public void A_bin_of_a_floats_bits_is_spread_over_the_bins_that_it_overlaps()
    {
        // 1.51 shares its bin, from 1.5 to 1.515625, with nothing; at 1.5078125 an edge cuts that in halves.
        float[] values = [1f, .. Enumerable.Repeat(1.51f, 1000), 2.015625f];

        Assert.Equal([501, 501], Bins(values, 2));
    }

    [Fact]
    public void Every_value_but_zeros_is_counted_once()
    {
        Random random = new(5);
        float[] values = [.. Enumerable.Range(0, 20_000).Select(_ => (float)(random.NextDouble() * random.NextDouble() - 0.2)), 0, 0];
        float min = values.Min(),
            max = values.Max();
        long[] exact = new long[32];
        foreach (float value in values.Where(value => value != 0))
            exact[Math.Min(31, (int)((value - min) / (max - min) * 32))]++;

        long[] bins = Bins(values, 32);

        Assert.Equal(20_000, bins.Sum());
        Assert.All(bins.Zip(exact), pair => Assert.InRange(pair.First, pair.Second - 60, pair.Second + 60));
    }

    [Fact]
    public void Of_one_value_all_are_in_one_bin_and_of_zeros_none()
    {
        Assert.Equal([7, 0, 0], Bins([.. Enumerable.Repeat(2.5f, 7)], 3));
        Assert.Equal([0, 0, 0], Bins([0, 0], 3));
    }

    private static long[] Bins(float[] values, int count)
    {
        TensorStatistics statistics = new();
        statistics.Add(values);
        return EqualBins.Of(ValueDensity.From(statistics), statistics.Min, statistics.Max, count);
    }
}
