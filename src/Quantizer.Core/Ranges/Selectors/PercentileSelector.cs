using System.Globalization;
using Quantizer.Calibration.Statistics;
using Quantizer.Ranges.Densities;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Selectors;

/// <summary>
/// The smallest range that keeps a given percentage of all finite values, zeros included. Symmetric schemes cut by
/// magnitude. Asymmetric ones cut half of the rest from each side, or all of it from one side where the other ends at zero.
/// Values that lie together at an end (a saturated tensor) are cut together or not at all.
/// </summary>
internal sealed class PercentileSelector : IRangeSelector, IDensitySelector
{
    public const double DefaultPercent = 99.999;

    /// <summary>In front of the percentage, where users write it.</summary>
    public const string Word = "percentile";

    /// <summary>Below the median nothing of a range would be left; surely a share was written for a percentage, such as 0.9999.</summary>
    public const double LeastPercent = 50;

    /// <summary>How users write the percentage.</summary>
    internal static readonly SelectorParameter Parameter = new($"P with P from {LeastPercent} to 100 (such as {Word}:99.99)", Read);

    /// <summary>Halvings of the interval that holds the threshold: more than the 24 bits of a float's mantissa.</summary>
    private const int Bisections = 60;

    private readonly double _percent;

    /// <param name="percent">More than 0, at most 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">Any other number.</exception>
    public PercentileSelector(double percent = DefaultPercent)
    {
        if (!(percent > 0 && percent <= 100))
            throw new ArgumentOutOfRangeException(nameof(percent), percent, "A percentile is more than 0 and at most 100.");
        _percent = percent;
    }

    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Word}:{_percent}");

    /// <summary>Whether a user may have meant it.</summary>
    public static bool IsSensible(double percent) => percent is >= LeastPercent and <= 100;

    public ValueRange Select(TensorStatistics statistics, QuantizationScheme scheme)
    {
        ValueDensity density = ValueDensity.From(statistics);
        return density.IsZero ? default : ((IDensitySelector)this).SelectFrom(density, scheme);
    }

    ValueRange IDensitySelector.SelectFrom(ValueDensity density, QuantizationScheme scheme)
    {
        double cut = density.Count * (100 - _percent) / 100;
        ValueRange range = scheme.IsSymmetric ? SelectSymmetric(density, cut) : SelectBothEnds(density, cut);
        // So many zeros that every other value would be cut: there is nothing sensible to clip to.
        return range.AbsoluteMaximum > 0f ? range : ((IDensitySelector)new MinMaxSelector()).SelectFrom(density, scheme);
    }

    private static PercentileSelector? Read(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent) && IsSensible(percent)
            ? new PercentileSelector(percent)
            : null;

    private static ValueRange SelectSymmetric(ValueDensity density, double cut)
    {
        double magnitude = Math.Max(-density.Min, density.Max);
        float threshold = Threshold(magnitude, cut, value => density.CountAbove(value) + density.CountBelow(-value));
        return new ValueRange(-threshold, threshold);
    }

    private static ValueRange SelectBothEnds(ValueDensity density, double cut)
    {
        double cutPerEnd = density.Min < 0 && density.Max > 0 ? cut / 2 : cut;
        return new ValueRange(
            0f - Threshold(-density.Min, cutPerEnd, value => density.CountBelow(-value)),
            Threshold(density.Max, cutPerEnd, density.CountAbove)
        );
    }

    /// <summary>The smallest magnitude beyond which there are no more values than may be cut.</summary>
    private static float Threshold(double magnitude, double cut, Func<double, double> countBeyond)
    {
        double low = 0;
        double high = magnitude;
        if (countBeyond(0) <= cut)
            return 0f;
        for (int i = 0; i < Bisections; i++)
        {
            double middle = low + ((high - low) / 2);
            if (countBeyond(middle) <= cut)
                high = middle;
            else
                low = middle;
        }
        return (float)high;
    }
}
