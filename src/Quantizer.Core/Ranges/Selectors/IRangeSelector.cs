using Quantizer.Calibration.Statistics;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Selectors;

/// <summary>Chooses which real values the integers of a tensor shall cover.</summary>
internal interface IRangeSelector
{
    /// <summary>As on the command line, with its parameter: "minmax", "percentile:99.99".</summary>
    string Name { get; }

    /// <summary>
    /// A range that holds zero and is never wider than the tensor's minimum and maximum (widened to hold zero). For symmetric
    /// schemes it is symmetric around zero, and never wider than the largest magnitude to both sides. Empty, (0, 0), only if
    /// there was no finite value other than zero.
    /// </summary>
    ValueRange Select(TensorStatistics statistics, QuantizationScheme scheme);
}
