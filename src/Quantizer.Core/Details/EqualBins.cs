using Quantizer.Ranges.Densities;

namespace Quantizer.Details;

/// <summary>Spreads what a histogram of floats' bits counted over bins of equal width, by how far they overlap.</summary>
internal static class EqualBins
{
    /// <param name="min">Where the first bin begins; no value is smaller.</param>
    /// <param name="max">Where the last one ends; no value is larger.</param>
    /// <param name="count">How many bins.</param>
    /// <returns>Counts of the values other than zero. What is rounded off one bin is in its neighbour, so that the sum is right.</returns>
    public static long[] Of(ValueDensity density, double min, double max, int count)
    {
        long[] bins = new long[count];
        long before = 0;
        for (int bin = 0; bin < count; bin++)
        {
            // Of a single value, and where the last bin ends, all: no edge that was rounded must leave the largest out.
            bool isLast = bin == count - 1 || max <= min;
            long below = Whole(isLast ? All(density) : CountBelow(density, min + ((max - min) * (bin + 1) / count)));
            bins[bin] = below - before;
            before = below;
        }
        return bins;
    }

    private static long Whole(double count) => (long)Math.Round(count, MidpointRounding.ToEven);

    private static double All(ValueDensity density) => Spread(density) + density.Lower.Count + density.Upper.Count;

    private static double Spread(ValueDensity density) => density.Cumulative.IsEmpty ? 0 : density.Cumulative[^1];

    private static double CountBelow(ValueDensity density, double edge) =>
        SpreadBelow(density, edge)
        + (density.Lower.Value < edge ? density.Lower.Count : 0)
        + (density.Upper.Value < edge ? density.Upper.Count : 0);

    private static double SpreadBelow(ValueDensity density, double edge)
    {
        ReadOnlySpan<double> edges = density.Edges,
            cumulative = density.Cumulative;
        if (edges.IsEmpty || edge <= edges[0])
            return 0;
        if (edge >= edges[^1])
            return cumulative[^1];
        int found = edges.BinarySearch(edge);
        int interval = found >= 0 ? found : ~found - 1;
        double share = (edge - edges[interval]) / (edges[interval + 1] - edges[interval]);
        return cumulative[interval] + (share * (cumulative[interval + 1] - cumulative[interval]));
    }
}
