using Quantizer.Calibration.Statistics;
using Quantizer.Core.Tests.Kernels;
using Quantizer.Core.Tests.Ranges.Selectors;
using Quantizer.Kernels;

namespace Quantizer.Core.Tests.Calibration.Statistics;

public class TensorStatisticsTests
{
    [Fact]
    public void Seven_values_by_hand()
    {
        TensorStatistics statistics = Of(-3f, 0f, 0.25f, -0f, float.NaN, 2f, float.NegativeInfinity);
        Assert.Equal((7, 2, 2, 3), (statistics.Count, statistics.Zeros, statistics.NonFinite, statistics.NonZeros));
        Assert.Equal((-3f, 2f), (statistics.Min, statistics.Max));
        Assert.Equal(3, statistics.Histogram.Total);
        Assert.Equal(1, statistics.Histogram[FloatBins.Of(-3f)]);
        Assert.Equal(1, statistics.Histogram[FloatBins.Of(0.25f)]);
    }

    [Fact]
    public void Nothing_seen_has_the_range_zero()
    {
        TensorStatistics statistics = new();
        Assert.Equal((0f, 0f, 0L), (statistics.Min, statistics.Max, statistics.Count));
        statistics.Add([]);
        Assert.Equal(new TensorStatistics(), statistics);
    }

    [Fact]
    public void Only_non_finite_values_leave_the_range_at_zero()
    {
        TensorStatistics statistics = Of(float.NaN, float.PositiveInfinity);
        Assert.Equal((0f, 0f, 2L), (statistics.Min, statistics.Max, statistics.NonFinite));
    }

    [Fact]
    public void Statistics_equal_a_plain_count_of_every_value()
    {
        foreach (int length in (int[])[.. AwkwardFloats.Lengths, 4097, 8192, 10_001])
        {
            float[] values = AwkwardFloats.Finite(length, seed: length + 1);
            TensorStatistics statistics = Of(values);
            Assert.Equal(values.Count(value => value == 0f), statistics.Zeros);
            Assert.Equal(values.DefaultIfEmpty().Min(), statistics.Min);
            Assert.Equal(values.DefaultIfEmpty().Max(), statistics.Max);
            Assert.Equal(
                values
                    .Where(value => value != 0f)
                    .GroupBy(FloatBins.Of)
                    .OrderBy(bin => bin.Key)
                    .Select(bin => KeyValuePair.Create(bin.Key, bin.LongCount())),
                statistics.Histogram.NonEmptyBins()
            );
        }
    }

    [Fact]
    public void Non_finite_values_do_not_disturb_their_neighbours()
    {
        float[] values = AwkwardFloats.Finite(9000, seed: 5);
        TensorStatistics expected = Of(values);
        float[] spoiled = [.. values[..4500], float.NaN, float.PositiveInfinity, .. values[4500..]];
        TensorStatistics found = Of(spoiled);
        Assert.Equal(2, found.NonFinite);
        Assert.Equal(expected.Count + 2, found.Count);
        Assert.Equal((expected.Min, expected.Max, expected.Zeros), (found.Min, found.Max, found.Zeros));
        Assert.Equal(expected.Histogram, found.Histogram);
    }

    [Fact]
    public void Merging_two_halves_equals_a_single_pass()
    {
        foreach (string name in Distributions.Names)
        {
            float[] values = Distributions.Sample(name);
            TensorStatistics first = Of(values[..77_777]);
            first.Merge(Of(values[77_777..]));
            Assert.Equal(Of(values), first);
            Assert.Equal(Bytes(Of(values)), Bytes(first));
        }
    }

    [Fact]
    public void Any_order_and_any_batches_give_the_same()
    {
        float[] values = [.. Distributions.Sample("ReLU6 saturated", 30_000), .. AwkwardFloats.Finite(5000, seed: 1), float.NaN];
        byte[] expected = Bytes(Of(values));
        Random random = new(11);
        for (int round = 0; round < 5; round++)
        {
            random.Shuffle(values);
            TensorStatistics[] workers = [new(), new(), new()];
            int start = 0;
            while (start < values.Length)
            {
                int length = Math.Min(random.Next(0, 6000), values.Length - start);
                workers[random.Next(workers.Length)].Add(values.AsSpan(start, length));
                start += length;
            }
            workers[2].Merge(workers[0]);
            workers[2].Merge(workers[1]);
            Assert.Equal(expected, Bytes(workers[2]));
        }
    }

    [Fact]
    public void Saturated_values_are_counted_at_both_ends()
    {
        float[] values = Distributions.Sample("ReLU6 saturated");
        TensorStatistics statistics = Of(values);
        Assert.Equal(6f, statistics.Extremes.Max);
        Assert.Equal(values.Count(value => value == 6f), statistics.Extremes.MaxCount);
        Assert.Equal(values.Where(value => value != 0f).Min(), statistics.Extremes.Min);
        TensorStatistics negative = Of([.. values.Select(value => value - 7f)]);
        Assert.Equal((-7f, values.Count(value => value - 7f == -7f)), (negative.Extremes.Min, negative.Extremes.MinCount));
        Assert.Equal((-1f, values.Count(value => value - 7f == -1f)), (negative.Extremes.Max, negative.Extremes.MaxCount));
    }

    [Fact]
    public void One_repeated_value_is_minimum_and_maximum()
    {
        TensorStatistics statistics = Of(2.5f, 2.5f, 2.5f);
        statistics.Add([2.5f]);
        Assert.Equal(new(2.5f, 4, 2.5f, 4), statistics.Extremes);
    }

    [Fact]
    public void Padding_zeros_leave_no_trace()
    {
        TensorStatistics padded = Of(1f, 0f, 2f, 0f, 0f, 3f);
        padded.RemoveZeros(3);
        Assert.Equal(Of(1f, 2f, 3f), padded);
        Assert.Equal(1f, padded.Min);
        TensorStatistics negative = Of(-1f, 0f, -2f);
        negative.RemoveZeros(1);
        Assert.Equal(-1f, negative.Max);
    }

    [Fact]
    public void More_zeros_than_seen_cannot_be_removed()
    {
        TensorStatistics statistics = Of(0f, 1f);
        Assert.Throws<ArgumentOutOfRangeException>(() => statistics.RemoveZeros(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => statistics.RemoveZeros(-1));
        Assert.Equal(Of(0f, 1f), statistics);
    }

    [Fact]
    public void Different_values_give_different_statistics()
    {
        Assert.NotEqual(Of(1f, 2f), Of(1f, 2.5f));
        Assert.NotEqual(Of(1f, 2f), Of(1f, 2f, 0f));
        Assert.NotEqual(Of(1f, 2f), Of(1f, 2f, float.NaN));
        // Same bins, other extremes.
        Assert.NotEqual(Of(1f, 2f), Of(1f, MathF.BitIncrement(2f)));
    }

    internal static TensorStatistics Of(params float[] values)
    {
        TensorStatistics statistics = new();
        statistics.Add(values);
        return statistics;
    }

    internal static byte[] Bytes(TensorStatistics statistics)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        statistics.Write(writer);
        writer.Flush();
        return stream.ToArray();
    }
}
