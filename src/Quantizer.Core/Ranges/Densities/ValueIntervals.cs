using Quantizer.Calibration.Statistics;
using Quantizer.Kernels;

namespace Quantizer.Ranges.Densities;

/// <summary>The bins of a histogram laid out on the real axis, without gaps: a gap is an interval without values.</summary>
internal sealed class ValueIntervals
{
    /// <param name="intervals">In ascending order, none empty of width, none overlapping.</param>
    /// <param name="edgeCapacity">Expected number of edges.</param>
    public ValueIntervals(IEnumerable<(double Start, double End, double Count)> intervals, int edgeCapacity)
    {
        List<double> edges = new(edgeCapacity);
        List<double> weights = new(edgeCapacity);
        List<double> cumulative = new(edgeCapacity);
        foreach ((double start, double end, double count) in intervals)
        {
            double density = count / (end - start);
            double sum = cumulative.Count == 0 ? 0 : cumulative[^1];
            if (edges.Count == 0 || edges[^1] != start)
            {
                edges.Add(start);
                weights.Add(-density);
                cumulative.Add(sum);
            }
            else
            {
                weights[^1] -= density;
            }
            edges.Add(end);
            weights.Add(density);
            cumulative.Add(sum + count);
            Energy += count * ((start * start) + (start * end) + (end * end)) / 3;
        }
        Edges = [.. edges];
        EdgeWeights = [.. weights];
        Cumulative = [.. cumulative];
    }

    public double[] Edges { get; }

    /// <summary>For each edge the density below it less the one above it.</summary>
    public double[] EdgeWeights { get; }

    /// <summary>For each edge the number of values below it.</summary>
    public double[] Cumulative { get; }

    /// <summary>Sum of squares.</summary>
    public double Energy { get; }

    /// <summary>All values but those equal to an extreme.</summary>
    public static ValueIntervals From(BitHistogram histogram, ValueExtremes extremes)
    {
        KeyValuePair<int, long>[] bins = [.. histogram.NonEmptyBins()];
        int positives = Array.FindIndex(bins, bin => bin.Key >= FloatBins.FirstNegative);
        IEnumerable<KeyValuePair<int, long>> ascending = positives < 0 ? bins : bins.Skip(positives).Reverse().Concat(bins.Take(positives));
        return new ValueIntervals(Spread(ascending, extremes), (2 * bins.Length) + 1);
    }

    private static IEnumerable<(double Start, double End, double Count)> Spread(
        IEnumerable<KeyValuePair<int, long>> bins,
        ValueExtremes extremes
    )
    {
        int minBin = FloatBins.Of(extremes.Min);
        int maxBin = FloatBins.Of(extremes.Max);
        foreach ((int bin, long count) in bins)
        {
            bool isNegative = bin >= FloatBins.FirstNegative;
            double inner = FloatBins.InnerMagnitude(bin);
            double outer = FloatBins.OuterMagnitude(bin);
            double start = Math.Max(isNegative ? -outer : inner, extremes.Min);
            double end = Math.Min(isNegative ? -inner : outer, extremes.Max);
            // A sampled histogram may hold fewer of the extreme values than there were.
            long points = (bin == minBin ? extremes.MinCount : 0) + (bin == maxBin && extremes.Max != extremes.Min ? extremes.MaxCount : 0);
            if (end > start && count > points)
                yield return (start, end, count - points);
        }
    }
}
