namespace Quantizer.Calibration.Statistics;

/// <summary>
/// How quickly a tensor's range settles: its extremes by sixteenths of the samples, which are told apart by the hashes of their contents.
/// They do not depend on order and threads, and any of them stand for fewer samples: those of eight for half as many.
/// </summary>
internal sealed class RangeSettling
{
    private const int Parts = 16;

    /// <summary>With fewer parts (fewer samples) nothing can be said.</summary>
    private const int FewestParts = 8;

    private readonly float[] _min = [.. Enumerable.Repeat(float.PositiveInfinity, Parts)];
    private readonly float[] _max = [.. Enumerable.Repeat(float.NegativeInfinity, Parts)];

    /// <param name="content">The sample's.</param>
    /// <param name="min">Smallest finite value of the tensor for that sample.</param>
    /// <param name="max">Largest.</param>
    public void Add(ulong content, float min, float max)
    {
        int part = (int)(content % Parts);
        _min[part] = MathF.Min(_min[part], min);
        _max[part] = MathF.Max(_max[part], max);
    }

    public void Merge(RangeSettling other)
    {
        for (int part = 0; part < Parts; part++)
        {
            _min[part] = MathF.Min(_min[part], other._min[part]);
            _max[part] = MathF.Max(_max[part], other._max[part]);
        }
    }

    /// <summary>
    /// The mean width of the range after a share of the samples, as a share of its width after all of them; the part that reaches farthest
    /// is left out at either end, because a single sample may stand alone however many there are. Null where there are too few samples or
    /// the range is empty.
    /// </summary>
    /// <param name="share">Of the samples, such as a half.</param>
    public double? WidthAfter(double share)
    {
        float[] highs = [.. _max.Where(float.IsFinite).OrderDescending().Skip(1)],
            lows = [.. _min.Where(float.IsFinite).Select(value => -value).OrderDescending().Skip(1)];
        if (highs.Length < FewestParts || lows.Length != highs.Length || !(highs[0] + lows[0] > 0))
            return null;
        int taken = Math.Clamp((int)Math.Round(share * highs.Length, MidpointRounding.AwayFromZero), 1, highs.Length);
        return (MeanLargest(highs, taken) + MeanLargest(lows, taken)) / ((double)highs[0] + lows[0]);
    }

    /// <summary>
    /// The mean of the largest of so many parts, over all choices of them. The i-th largest of n (from 0) is the largest of k chosen ones
    /// with the chance C(n-1-i, k-1) / C(n, k), which begins with k/n and changes by (n-i-k) / (n-1-i).
    /// </summary>
    private static double MeanLargest(float[] descending, int taken)
    {
        double mean = 0,
            chance = (double)taken / descending.Length;
        for (int i = 0; i <= descending.Length - taken; i++)
        {
            mean += chance * descending[i];
            chance *= (double)(descending.Length - i - taken) / (descending.Length - 1 - i);
        }
        return mean;
    }
}
