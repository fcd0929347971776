using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;

namespace Quantizer.Equalization;

/// <summary>How scales are looked for.</summary>
/// <param name="Selector">Gives the ranges by which models with and without scales are compared.</param>
/// <param name="Sampled">As in calibration.</param>
/// <param name="Workers">Threads. The result does not depend on their number.</param>
/// <param name="LeastPredictedDb">Where the model of the error tells less, nothing is tried.</param>
/// <param name="Macs">Multiply-accumulates of one sample, by which the work is counted.</param>
internal sealed record EqualizationOptions(
    IRangeSelector Selector,
    WeightOptions Weights,
    bool Sampled,
    int Workers,
    double LeastPredictedDb,
    long Macs
);
