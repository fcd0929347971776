using Quantizer.Calibration.Statistics;

namespace Quantizer.Core.Tests.Calibration.Statistics;

public class RangeSettlingTests
{
    [Fact]
    public void The_width_after_half_is_the_mean_over_all_choices_of_half_of_the_parts()
    {
        RangeSettling settling = new();
        float[] most = [3, 9, 1, 5, 20, 4, 8, 2, 7];
        for (int part = 0; part < most.Length; part++)
            settling.Add((ulong)part, 0, most[part]);

        // Without the farthest, 20, eight parts are left, and 9 is the whole width.
        float[] left = [3, 9, 1, 5, 4, 8, 2, 7];
        double[] widths = [.. Subsets(left.Length, 4).Select(subset => (double)subset.Max(part => left[part]))];

        Assert.Equal(70, widths.Length);
        Assert.Equal(widths.Average() / 9, settling.WidthAfter(0.5)!.Value, 9);
        Assert.Equal(1, settling.WidthAfter(1)!.Value, 9);
    }

    [Fact]
    public void Both_ends_count_and_merging_is_as_good_as_seeing_all()
    {
        RangeSettling one = new(),
            first = new(),
            second = new();
        for (ulong sample = 0; sample < 64; sample++)
        {
            (float min, float max) = (-(float)(sample % 11), sample % 7);
            one.Add(sample, min, max);
            (sample % 3 == 0 ? first : second).Add(sample, min, max);
        }

        second.Merge(first);

        Assert.Equal(one.WidthAfter(0.5), second.WidthAfter(0.5));
        Assert.InRange(one.WidthAfter(0.5)!.Value, 0.8, 1);
    }

    [Fact]
    public void Few_parts_and_empty_ranges_tell_nothing()
    {
        RangeSettling few = new(),
            empty = new();
        for (ulong part = 0; part < 16; part++)
        {
            if (part < 8)
                few.Add(part, 0, part);
            empty.Add(part, 0, 0);
        }

        Assert.Null(few.WidthAfter(0.5));
        Assert.Null(empty.WidthAfter(0.5));
    }

    private static IEnumerable<int[]> Subsets(int count, int size) =>
        Enumerable
            .Range(0, 1 << count)
            .Where(bits => System.Numerics.BitOperations.PopCount((uint)bits) == size)
            .Select(bits => Enumerable.Range(0, count).Where(i => (bits >> i & 1) == 1).ToArray());
}
