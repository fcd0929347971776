using Quantizer.Calibration.Statistics;
using Quantizer.Ranges.Densities;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Selectors;

/// <summary>All values seen: nothing is clipped.</summary>
internal sealed class MinMaxSelector : IRangeSelector, IDensitySelector
{
    public string Name => "minmax";

    public ValueRange Select(TensorStatistics statistics, QuantizationScheme scheme) => Whole(statistics.Min, statistics.Max, scheme);

    ValueRange IDensitySelector.SelectFrom(ValueDensity density, QuantizationScheme scheme) =>
        Whole((float)density.Min, (float)density.Max, scheme);

    private static ValueRange Whole(float min, float max, QuantizationScheme scheme)
    {
        ValueRange range = new ValueRange(min, max).WithZero;
        return scheme.IsSymmetric ? new ValueRange(-range.AbsoluteMaximum, range.AbsoluteMaximum) : range;
    }
}
