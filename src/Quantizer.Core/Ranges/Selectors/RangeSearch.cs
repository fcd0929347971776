using Quantizer.Ranges.Densities;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Selectors;

/// <summary>
/// Finds the range of least cost inside of a tensor's own minimum and maximum, by a coarse grid and golden sections.
/// Where both ends are free, one end is improved after the other: squared error is very nearly convex in the two ends
/// (rounding grows with the square of the width, clipping is convex in each threshold), so this finds the best pair.
/// </summary>
internal sealed class RangeSearch
{
    /// <summary>
    /// How far below the largest magnitude a threshold is sought, in powers of two. Clipping farther than that cannot pay:
    /// one value in 10^8 that is 2^14 times larger than the rest still holds most of the tensor's energy.
    /// </summary>
    private const int Octaves = 14;

    /// <summary>Grid points for each power of two; golden sections then search between the best one's neighbours.</summary>
    private const int StepsPerOctave = 4;

    /// <summary>Golden sections narrow an interval of two grid steps (a factor of 1.4) to 0.1 % of the threshold.</summary>
    private const int GoldenSections = 13;

    /// <summary>Rounds of improving both ends; the first two on the whole grid, the others around the best so far.</summary>
    private const int Rounds = 4;

    private const int RoundsOnGrid = 2;

    private const double GoldenRatio = 0.6180339887498949;

    private readonly Func<ValueRange, double> _cost;
    private readonly double _min;
    private readonly double _max;
    private ValueRange _best;
    private double _bestCost = double.PositiveInfinity;

    private RangeSearch(double min, double max, Func<ValueRange, double> cost)
    {
        _min = min;
        _max = max;
        _cost = cost;
    }

    /// <summary>
    /// The range of least cost; of equal ones the first tried, and the whole range is tried first.
    /// </summary>
    /// <param name="density">Its extremes are the widest range.</param>
    /// <param name="scheme">Symmetric schemes get symmetric ranges.</param>
    /// <param name="cost">Finite for the whole range, +infinity for ranges that are not allowed.</param>
    public static ValueRange Minimize(ValueDensity density, QuantizationScheme scheme, Func<ValueRange, double> cost)
    {
        if (scheme.IsSymmetric)
        {
            double magnitude = Math.Max(-density.Min, density.Max);
            RangeSearch symmetric = new(-magnitude, magnitude, cost);
            symmetric.SearchLine(fraction => new Fractions(fraction, fraction), 1, onGrid: true);
            return symmetric._best;
        }
        RangeSearch search = new(density.Min, density.Max, cost);
        search.SearchBothEnds();
        return search._best;
    }

    private void SearchBothEnds()
    {
        Fractions best = SearchLine(fraction => new Fractions(fraction, fraction), 1, onGrid: true);
        if (_min == 0 || _max == 0)
            return;
        for (int round = 0; round < Rounds; round++)
        {
            bool onGrid = round < RoundsOnGrid;
            best = SearchLine(fraction => best with { Lower = fraction }, best.Lower, onGrid);
            best = SearchLine(fraction => best with { Upper = fraction }, best.Upper, onGrid);
        }
    }

    /// <summary>Searches along one line of ranges and returns the best of the line.</summary>
    private Fractions SearchLine(Func<double, Fractions> line, double start, bool onGrid)
    {
        double gridRatio = Math.Pow(2, -1.0 / StepsPerOctave);
        Point best = new(start, Try(line(start)));
        for (int step = 0; onGrid && step <= Octaves * StepsPerOctave; step++)
        {
            double fraction = Math.Pow(gridRatio, step);
            best = best.OrBetter(new Point(fraction, Try(line(fraction))));
        }
        return line(SearchGolden(line, best, best.Fraction * gridRatio, Math.Min(best.Fraction / gridRatio, 1)).Fraction);
    }

    /// <summary>Narrows an interval around the least cost, keeping one of its two inner points each time.</summary>
    private Point SearchGolden(Func<double, Fractions> line, Point best, double low, double high)
    {
        Point left = At(high - (GoldenRatio * (high - low)));
        Point right = At(low + (GoldenRatio * (high - low)));
        for (int section = 0; section < GoldenSections; section++)
        {
            if (left.Cost < right.Cost)
            {
                (high, right) = (right.Fraction, left);
                left = At(high - (GoldenRatio * (high - low)));
            }
            else
            {
                (low, left) = (left.Fraction, right);
                right = At(low + (GoldenRatio * (high - low)));
            }
        }
        return best.OrBetter(left).OrBetter(right);

        Point At(double fraction) => new(fraction, Try(line(fraction)));
    }

    private double Try(Fractions fractions)
    {
        ValueRange range = new((float)(_min * fractions.Lower), (float)(_max * fractions.Upper));
        double cost = _cost(range);
        if (cost < _bestCost)
            (_best, _bestCost) = (range, cost);
        return cost;
    }

    /// <summary>A place on a line and what it costs.</summary>
    private readonly record struct Point(double Fraction, double Cost)
    {
        public Point OrBetter(Point other) => other.Cost < Cost ? other : this;
    }

    /// <summary>A range's ends as fractions of the minimum and the maximum.</summary>
    private readonly record struct Fractions(double Lower, double Upper);
}
