using Quantizer.Calibration;
using Quantizer.Calibration.Running;
using Quantizer.Execution;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;
using Quantizer.Samples;
using Quantizer.Search;
using Quantizer.Search.Trials;

namespace Quantizer.Equalization;

/// <summary>Measures models on held-out samples, with ranges of the others.</summary>
/// <param name="judged">The samples held out.</param>
/// <param name="fitting">The others.</param>
internal sealed class ScaleTrials(
    OutputReference judged,
    IReadOnlyList<Sample> fitting,
    EqualizationOptions options,
    SampleWorkers workers,
    CancellationToken cancellation
)
{
    /// <summary>Signal over the rounding of floats: what is below is another function.</summary>
    private const double ExactDb = 70;

    /// <summary>Where one sample shows another function, all do.</summary>
    private const int ExactSamples = 16;

    /// <summary>The errors at the outputs; null where the quantized model does not run.</summary>
    public OutputErrors? ErrorsOf(PlacedModel placed)
    {
        CalibratedModel calibrated = Calibrated(placed);
        RangePlanner planner = new(placed.Sites, calibrated.Statistics, placed.Lowered.Graph, options.Weights);
        planner.Prepare(options.Selector, workers.Run);
        using PlanJudge judge = new(placed.Lowered.Model, judged, workers, cancellation);
        return judge.Judge(planner.Plan(options.Selector), double.NegativeInfinity, judge.Order);
    }

    /// <summary>Whether the model computes in float what the FP32 model does: also where values are met that the scales were not made
    /// for.</summary>
    public bool IsExact(PlacedModel placed)
    {
        using InferenceModel model = InferenceModel.Load(judged.Judged(placed.Lowered.Model));
        int samples = Math.Min(judged.Count, ExactSamples);
        IReadOnlyList<int> some = [.. Enumerable.Range(0, samples)];
        return JudgedRun.On(model, judged, some, _ => false, workers, cancellation) is { } errors
            && judged.SqnrDb(errors, samples) >= ExactDb;
    }

    public double SqnrDb(OutputErrors errors) => judged.SqnrDb(errors, judged.Count);

    public double StandardErrors(OutputErrors now, OutputErrors then) => PairedGain.StandardErrors(now, then, judged);

    private CalibratedModel Calibrated(PlacedModel placed) =>
        placed.Sites.Observed.Count == 0
            ? new CalibratedModel(placed, Run: null)
            : Calibrator.Calibrate(
                placed,
                new KeptSamples(fitting),
                new CalibrationOptions { Workers = options.Workers, Sampled = options.Sampled },
                cancellation: cancellation
            );
}
