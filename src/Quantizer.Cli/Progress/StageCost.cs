using Quantizer.Pipeline;
using Quantizer.Pipeline.Stages;

namespace Quantizer.Cli.Progress;

/// <summary>What the stages of a run are expected to take, before any of them was measured.</summary>
/// <param name="Title">The stage, as observers hear it.</param>
/// <param name="Seconds">Where nothing was measured yet; what was measured corrects it.</param>
internal sealed record StageCost(string Title, double Seconds)
{
    /// <summary>More calibration samples than this judge no plan.</summary>
    private const int MostJudged = 512;

    /// <summary>Seconds for a sample beside the inference: reading it, and looking at what comes out.</summary>
    private const double Handling = 0.0005;

    /// <summary>From the heavy work on, in the order of a run.</summary>
    /// <remarks>How many inferences a stage makes of a sample was measured on two ResNets (all cores busy, as in a run). What
    /// differs on another machine or network is set right by the stages that are over.</remarks>
    public static IReadOnlyList<StageCost> Of(WorkAhead work)
    {
        double inference = work.Inference.TotalSeconds,
            sample = inference + Handling;
        int judged = Math.Min(work.CalibrationSamples, MostJudged);
        StageCost[] ofQuantization =
        [
            new(Stage.Calibrate.Title, 2 * sample * work.CalibrationSamples),
            new(Stage.RecordOutputs.Title, sample * judged),
            new(Stage.Search.Title, 3 * sample * judged),
            new(Stage.Refine.Title, 3 * sample * judged),
            new(Stage.Correct.Title, 2 * sample * judged),
            new(Stage.Verify.Title, 0.1),
            new(Stage.Write.Title, 0.1),
        ];
        return
        [
            .. work.CalibrationSamples > 0 ? ofQuantization : [],
            .. work.ComparedSamples > 0 ? [new StageCost(Stage.Compare.Title, 1.3 * sample * work.ComparedSamples)] : (StageCost[])[],
            // Rounds of both models for about a second and a half, and what warms them.
            new(Stage.MeasureLatency.Title, 1.5 + (100 * inference)),
        ];
    }
}
