using Quantizer.Calibration.Statistics;
using Quantizer.Ranges.Densities;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Selectors;

/// <summary>
/// The range of least expected squared error, rounding and clipping together; for asymmetric schemes both ends are sought.
/// </summary>
internal sealed class MeanSquaredErrorSelector : IRangeSelector, IDensitySelector
{
    public string Name => "mse";

    public ValueRange Select(TensorStatistics statistics, QuantizationScheme scheme)
    {
        ValueDensity density = ValueDensity.From(statistics);
        return density.IsZero ? default : ((IDensitySelector)this).SelectFrom(density, scheme);
    }

    ValueRange IDensitySelector.SelectFrom(ValueDensity density, QuantizationScheme scheme) =>
        RangeSearch.Minimize(
            density,
            scheme,
            range => ExpectedError.SquaredErrorOf(density, QuantizationParameters.FromRange(range, scheme))
        );
}
