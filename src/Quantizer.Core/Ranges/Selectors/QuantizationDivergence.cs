using Quantizer.Ranges.Densities;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Selectors;

/// <summary>
/// How much of a distribution is lost when only the integers are known: the Kullback-Leibler divergence between the
/// density of the values and the one in which each integer's values are spread evenly over all reals that give this
/// integer.
/// </summary>
/// <remarks>
/// <para>An inner integer stands for one step; an end integer for all reals from its last half step to the minimum or the
/// maximum. So clipping is paid for where it happens: the clipped values, and all that share their integer, are spread
/// over the whole tail. No window, no remainder, no smoothing is needed; cells end at fractions of bins.</para>
/// <para>The divergence is sum over bins of c log(c / width) less sum over integers of m log(m / width). The first does
/// not depend on the range and is left out; the second needs one walk over bins and integers.</para>
/// <para>Neighbouring bins are joined until they hold enough values to tell a shape from chance. Otherwise the single values
/// of a tail would look like narrow peaks, and clipping a handful of them like a great loss.</para>
/// <para>Exact zeros are left out: every range represents them exactly, and counted with their neighbours they would reward
/// narrow ranges (half of a ReLU's values are zeros). The same holds for values exactly at an extreme unless they are
/// clipped.</para>
/// </remarks>
internal sealed class QuantizationDivergence
{
    /// <summary>Width, in steps of the whole range, of a clipped point mass, whose own density would be infinite.</summary>
    private const double PointWidth = 1.0 / 16;

    /// <summary>Fewest values in a joined bin, or at an extreme to count as a point mass: their number is known to a quarter.</summary>
    private const double FewestValues = 16;

    private readonly ValueDensity _density;
    private readonly List<double> _edges = [];
    private readonly List<double> _cumulative = [];
    private readonly double _pointWidth;

    /// <param name="density">The values.</param>
    /// <param name="wholeScale">The step that covers all of them.</param>
    public QuantizationDivergence(ValueDensity density, double wholeScale)
    {
        _density = density;
        _pointWidth = PointWidth * wholeScale;
        JoinSparseBins();
    }

    /// <summary>The divergence in nats times values, less a constant.</summary>
    public double Of(ValueRange range, QuantizationParameters parameters)
    {
        bool clipsLower = _density.Lower.Count >= FewestValues && _density.Lower.Value < range.Min;
        bool clipsUpper = _density.Upper.Count >= FewestValues && _density.Upper.Value > range.Max;
        int lowest = parameters.Scheme.QuantizedMin - parameters.ZeroPoint;
        int highest = parameters.Scheme.QuantizedMax - parameters.ZeroPoint;
        double sum = (clipsLower ? PointTerm(_density.Lower) : 0) + (clipsUpper ? PointTerm(_density.Upper) : 0);
        double start = _density.Min;
        double below = 0;
        int interval = 0;
        for (int n = lowest; n <= highest; n++)
        {
            double end = n == highest ? _density.Max : Math.Clamp((n + 0.5) * parameters.Scale, start, _density.Max);
            double belowEnd = CountBelow(end, ref interval);
            double count =
                belowEnd
                - below
                + (n == lowest && clipsLower ? _density.Lower.Count : 0)
                + (n == highest && clipsUpper ? _density.Upper.Count : 0);
            if (count > 0 && end > start)
                sum -= count * Math.Log(count / (end - start));
            start = end;
            below = belowEnd;
        }
        return sum;
    }

    private double PointTerm(PointMass point) => point.Count * Math.Log(point.Count / _pointWidth);

    private void JoinSparseBins()
    {
        ReadOnlySpan<double> edges = _density.Edges;
        ReadOnlySpan<double> cumulative = _density.Cumulative;
        for (int i = 0; i < edges.Length; i++)
        {
            bool isLast = i == edges.Length - 1;
            if (isLast && _edges.Count > 1 && cumulative[i] - _cumulative[^1] < FewestValues)
            {
                // What is left at the upper end joins the bin before.
                _edges.RemoveAt(_edges.Count - 1);
                _cumulative.RemoveAt(_cumulative.Count - 1);
            }
            if (i == 0 || isLast || cumulative[i] - _cumulative[^1] >= FewestValues)
            {
                _edges.Add(edges[i]);
                _cumulative.Add(cumulative[i]);
            }
        }
    }

    /// <summary>Values below <paramref name="value"/>, points left out. Asked in ascending order, so that one walk suffices.</summary>
    private double CountBelow(double value, ref int interval)
    {
        while (interval < _edges.Count && _edges[interval] <= value)
            interval++;
        if (interval == 0)
            return 0;
        if (interval == _edges.Count)
            return _cumulative[^1];
        double fraction = (value - _edges[interval - 1]) / (_edges[interval] - _edges[interval - 1]);
        return _cumulative[interval - 1] + (fraction * (_cumulative[interval] - _cumulative[interval - 1]));
    }
}
