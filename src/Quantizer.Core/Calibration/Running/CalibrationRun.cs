using Quantizer.Calibration.Statistics;
using Quantizer.Samples;

namespace Quantizer.Calibration.Running;

/// <summary>What one pass over the calibration data gave.</summary>
/// <param name="Skipped">Samples that could not be read, in the source's order.</param>
/// <param name="Kept">Samples to judge plans on, in the order of their hashes; none unless they were asked for. See
/// <see cref="SampleKeeper"/>.</param>
/// <param name="Notes">What the user should know: samples left out, a batch size that the model does not allow.</param>
internal sealed record CalibrationRun(
    CalibrationStatistics Statistics,
    IReadOnlyList<SkippedSample> Skipped,
    IReadOnlyList<Sample> Kept,
    CalibrationTiming Timing,
    IReadOnlyList<string> Notes
)
{
    /// <summary>What the samples look like.</summary>
    public required SampleSurvey Survey { get; init; }

    /// <summary>How quickly the tensors' ranges settled, by tensor name.</summary>
    public required IReadOnlyDictionary<string, RangeSettling> Settling { get; init; }
}
