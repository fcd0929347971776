using Quantizer.Calibration.Statistics;
using Quantizer.Ranges.Densities;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Selectors;

/// <summary>
/// Compares the other selectors' ranges by their expected error, in which clipping counts three times.
/// </summary>
/// <remarks>
/// Squared error alone would always name the range that "mse" searched for, and that one trades clipping for rounding as if
/// they were alike. They are not: the rounding errors of different values are independent and of mean zero, and largely
/// cancel in the sum that the next layer forms; clipping errors all have the same sign, fall on the largest activations,
/// and on whole neighbourhoods of a picture at once, so they add up. Three is the weight that another quantizer's (AIMET's)
/// search arrived at. It is still a guess about the rest of the network: the ranking is there to be confirmed on the
/// network's outputs.
/// </remarks>
internal sealed class AutoSelector : IRangeSelector
{
    private const double ClippingWeight = 3;

    public string Name => "auto";

    public ValueRange Select(TensorStatistics statistics, QuantizationScheme scheme) => Rank(statistics, scheme)[0].Range;

    /// <summary>All methods' ranges, the most promising first; each range once, under the plainest method that chose it.</summary>
    public static IReadOnlyList<RangeCandidate> Rank(TensorStatistics statistics, QuantizationScheme scheme)
    {
        ValueDensity density = ValueDensity.From(statistics);
        return Rank(density, scheme, selector => selector.SelectFrom(density, scheme));
    }

    /// <param name="rangeBy">What a selector makes of a density that is not zero everywhere.</param>
    internal static IReadOnlyList<RangeCandidate> Rank(
        ValueDensity density,
        QuantizationScheme scheme,
        Func<IDensitySelector, ValueRange> rangeBy
    )
    {
        if (density.IsZero)
            return [new RangeCandidate(RangeMethod.Candidates[0].Name, default, double.PositiveInfinity)];
        return
        [
            .. RangeMethod
                .Candidates.Select(selector => (selector.Name, Range: rangeBy(selector)))
                .DistinctBy(candidate => candidate.Range)
                .Select(candidate =>
                    (
                        candidate.Name,
                        candidate.Range,
                        Error: ExpectedError.Of(density, QuantizationParameters.FromRange(candidate.Range, scheme))
                    )
                )
                .OrderBy(candidate => candidate.Error.RoundingError + (ClippingWeight * candidate.Error.ClippingError))
                .Select(candidate => new RangeCandidate(candidate.Name, candidate.Range, candidate.Error.SqnrDb)),
        ];
    }
}
