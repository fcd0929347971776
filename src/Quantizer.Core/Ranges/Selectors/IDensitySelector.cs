using Quantizer.Ranges.Densities;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Selectors;

/// <summary>A selector that several others can share one density with.</summary>
internal interface IDensitySelector : IRangeSelector
{
    /// <param name="density">Not zero everywhere.</param>
    /// <param name="scheme">The integers to cover the range with.</param>
    ValueRange SelectFrom(ValueDensity density, QuantizationScheme scheme);
}
