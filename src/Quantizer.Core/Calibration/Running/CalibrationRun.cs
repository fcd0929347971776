using Quantizer.Calibration.Statistics;
using Quantizer.Samples;

namespace Quantizer.Calibration.Running;

/// <summary>What one pass over the calibration data gave.</summary>
/// <param name="Skipped">Samples that could not be read, in the source's order.</param>
/// <param name="Notes">What the user should know: samples left out, a batch size that the model does not allow.</param>
internal sealed record CalibrationRun(
    CalibrationStatistics Statistics, IReadOnlyList<SkippedSample> Skipped, CalibrationTiming Timing, IReadOnlyList<string> Notes);
