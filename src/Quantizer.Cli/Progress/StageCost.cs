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
    /// <remarks>How many inferences a stage makes of a sample, and how many whatever the samples are, was measured on a ViT, MiniLM, a
    /// Llama of bytes and a text detector of 640x640 (all cores busy, as in a run): the sums were 0.8 to 1.3 of what the runs took. What
    /// differs on another machine or network is set right by the stages that are over.</remarks>
    public static IReadOnlyList<StageCost> Of(WorkAhead work)
    {
        double inference = work.Inference.TotalSeconds,
            sample = inference + Handling;
        int judged = Math.Min(work.CalibrationSamples, MostJudged);
        StageCost[] ofQuantization =
        [
            new(Stage.Calibrate.Title, 1.2 * sample * work.CalibrationSamples),
            new(Stage.RecordOutputs.Title, 0.4 * sample * judged),
            new(Stage.Search.Title, 2 + (2 * sample * judged) + (30 * inference)),
            new(Stage.Refine.Title, 0.5 * sample * judged),
            new(Stage.Correct.Title, (0.7 * sample * judged) + (20 * inference)),
            new(Stage.Verify.Title, 0.1),
            new(Stage.Write.Title, 0.1),
        ];
        return
        [
            .. work.CalibrationSamples > 0 ? ofQuantization : [],
            .. work.ComparedSamples > 0 ? [new StageCost(Stage.Compare.Title, 0.6 * sample * work.ComparedSamples)] : (StageCost[])[],
            // Rounds of all models for about a second, and what warms them; of slow ones fifteen.
            new(Stage.MeasureLatency.Title, 1 + (35 * inference)),
        ];
    }
}
