using Quantizer.Calibration;
using Quantizer.Comparison.Tasks;
using Quantizer.Correction;
using Quantizer.Pipeline.Stages;
using Quantizer.Reporting;
using Quantizer.Samples;
using Quantizer.Search;

namespace Quantizer.Pipeline;

/// <summary>Corrects the biases of a plan that was found, where that is asked for.</summary>
internal sealed class Correcting(QuantizationOptions options, JudgedTask? task, StageRunner stages)
{
    public static bool IsAskedFor(QuantizationOptions options) =>
        options.BiasCorrection is BiasCorrectionMode.On or BiasCorrectionMode.OnlyBiases
        || (options.BiasCorrection == BiasCorrectionMode.Automatic && options.Method.Selectors.Count > 1);

    /// <returns>Null where nothing could be corrected.</returns>
    public CorrectionResult? Correct(CalibratedModel calibrated, SearchResult found)
    {
        if (!IsAskedFor(options) || found.Plan.Weights.Count == 0 || calibrated.Run is not { Kept.Count: > 0 } run)
            return null;
        CorrectionResult? corrected = stages.Run(
            Stage.Correct,
            found.Plan.Weights.Count,
            advanced =>
            {
                OutputReference reference = found.Reference ?? Record(calibrated, run.Kept);
                CorrectionSubject subject = new(calibrated.Placed.Lowered.Model, found.Plan, reference, found.Errors)
                {
                    RoundsWeights = options.BiasCorrection != BiasCorrectionMode.OnlyBiases,
                };
                return BiasCorrection.Run(subject, options.Threads, advanced, stages.Cancellation);
            }
        );
        if (corrected is not null)
            stages.Note($"Biases: {CorrectionText.Of(ReportParts.Correction(corrected))}.");
        return corrected;
    }

    private OutputReference Record(CalibratedModel calibrated, IReadOnlyList<Sample> kept) =>
        OutputReference.Record(
            calibrated.Placed.Lowered.Model,
            kept,
            new SampleWorkers(options.Threads, stages.Cancellation),
            _ => { },
            stages.Cancellation,
            partsOf: task is null ? null : task.PartsOf
        );
}
