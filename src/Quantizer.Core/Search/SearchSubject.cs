using Quantizer.Calibration.Statistics;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Samples;

namespace Quantizer.Search;

/// <summary>What plans are searched for.</summary>
/// <param name="Model">The FP32 model that plans are written into.</param>
/// <param name="Samples">What plans are judged by, as calibration kept them; needed only where there is a choice.</param>
/// <param name="Macs">Multiply-accumulates of one sample, by which the search's own work is counted.</param>
internal sealed record SearchSubject(
    OnnxModel Model,
    QuantizationSites Sites,
    CalibrationStatistics Statistics,
    IReadOnlyList<Sample> Samples,
    long Macs
)
{
    /// <summary>What the outputs are to the network's task.</summary>
    public OutputRoles Roles { get; init; } = OutputRoles.Alike;

    /// <summary>The range selectors to choose among, where another search found which come into question; empty: all that were asked
    /// for.</summary>
    public IReadOnlyList<IRangeSelector> Selectors { get; init; } = [];

    /// <summary>The way of choosing weight ranges, where another search found it; null: all that were asked for are tried.</summary>
    public WeightRangeMethod? WeightRanges { get; init; }

    /// <summary>The samples with the FP32 model's outputs, where another search of the same model recorded them.</summary>
    public OutputReference? Reference { get; init; }
}
