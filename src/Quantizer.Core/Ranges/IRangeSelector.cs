using Quantizer.Calibration;
using Quantizer.Schemes;

namespace Quantizer.Ranges;

/// <summary>Chooses which real values the integers of a tensor shall cover.</summary>
public interface IRangeSelector
{
    /// <summary>As on the command line, with its parameter: "minmax", "percentile:99.99".</summary>
    string Name { get; }

    /// <summary>
    /// A range that holds zero and is never wider than the tensor's minimum and maximum (widened to hold zero); symmetric
    /// around zero for symmetric schemes. Empty only if the tensor was zero everywhere.
    /// </summary>
    ValueRange Select(TensorStatistics statistics, QuantizationScheme scheme);
}
