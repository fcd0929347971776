using Quantizer.Calibration.Statistics;
using Quantizer.Ranges.Densities;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Selectors;

/// <summary>
/// The range whose integers tell most about the values: least Kullback-Leibler divergence between the values' distribution
/// and the one that the integers leave of it (<see cref="QuantizationDivergence"/>).
/// </summary>
/// <remarks>
/// Divergence does not see how far a clipped value is moved, and so on heavy tails it alone clips far too much (8 dB worse
/// than no clipping on log-normal values). Therefore only ranges whose expected squared error is not above that of the
/// whole range are considered. That limit does not pull towards the whole range: among the ranges it allows, the
/// divergence decides alone.
/// </remarks>
internal sealed class EntropySelector : IRangeSelector, IDensitySelector
{
    public string Name => "entropy";

    public ValueRange Select(TensorStatistics statistics, QuantizationScheme scheme)
    {
        ValueDensity density = ValueDensity.From(statistics);
        return density.IsZero ? default : ((IDensitySelector)this).SelectFrom(density, scheme);
    }

    ValueRange IDensitySelector.SelectFrom(ValueDensity density, QuantizationScheme scheme)
    {
        ValueRange whole = ((IDensitySelector)new MinMaxSelector()).SelectFrom(density, scheme);
        QuantizationParameters unclipped = QuantizationParameters.FromRange(whole, scheme);
        double allowed = ExpectedError.SquaredErrorOf(density, unclipped);
        QuantizationDivergence divergence = new(density, unclipped.Scale);
        return RangeSearch.Minimize(
            density,
            scheme,
            range =>
            {
                QuantizationParameters parameters = QuantizationParameters.FromRange(range, scheme);
                return ExpectedError.SquaredErrorOf(density, parameters) <= allowed
                    ? divergence.Of(range, parameters)
                    : double.PositiveInfinity;
            }
        );
    }
}
