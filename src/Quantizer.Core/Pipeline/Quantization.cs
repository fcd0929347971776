using Quantizer.Calibration;
using Quantizer.Calibration.Running;
using Quantizer.Calibration.Statistics;
using Quantizer.Graphs;
using Quantizer.Isolation;
using Quantizer.Pipeline.Stages;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Weights;
using Quantizer.Rewriting;
using Quantizer.Search;
using Quantizer.Work;

namespace Quantizer.Pipeline;

/// <summary>
/// The stages from a placed model to a quantized one that opens and runs. What 8 bits cannot hold stays in float, and a result
/// that does not open or run does not end the run: each round leaves more in float, so the last one runs, if only because
/// nothing in it is quantized.
/// </summary>
internal sealed class Quantization(QuantizationOptions options, StageRunner stages)
{
    private SearchOptions Searched => new(options.Method, options.WeightRanges, options.WeightGranularity, options.Threads);

    public QuantizedRun Run(PlacedModel placed, DataSet data)
    {
        IReadOnlyDictionary<string, TensorValue>? sample = data.Samples.First()?.Inputs;
        WorkCount work = WorkCount.Of(placed.Lowered.Graph, SampleShapes.Of(placed.Lowered.Model, placed.Lowered.SampleTensors, sample));
        RunnablePlacement placement = stages.Run(Stage.Place, () => RunnablePlacement.Of(placed, sample));
        CalibratedModel? calibrated = null;
        while (true)
        {
            calibrated =
                calibrated?.Serves(placement.Placed) == true
                    ? calibrated with
                    {
                        Placed = placement.Placed,
                    }
                    : Calibrate(placement.Placed, data);
            if (UnfitTensors.In(calibrated, options.WeightGranularity == WeightGranularity.PerChannel) is { Count: > 0 } unfit)
            {
                placement = placement.With(unfit);
                continue;
            }
            QuantizationPlan plan = Search(calibrated, work);
            QuantizedModel quantized = stages.Run(Stage.Rewrite, () => GraphRewriter.Rewrite(placement.Placed, plan));
            if (sample is null || plan.Sites.IsEmpty || FailureOf(quantized, placement.Placed, sample) is not { } failure)
                return new QuantizedRun(placement, work, calibrated, quantized);
            placement = placement.Without(failure);
        }
    }

    private CalibratedModel Calibrate(PlacedModel placed, DataSet data)
    {
        if (placed.Sites.Observed.Count == 0)
            return new CalibratedModel(placed, Run: null);
        CalibrationOptions how = new()
        {
            Workers = options.Threads,
            BatchSize = options.BatchSize,
            Sampled = options.Statistics == StatisticsMode.Sampled,
            KeepsSamples = Searched.HasChoice,
        };
        CalibratedModel calibrated = stages.Run(
            Stage.Calibrate,
            data.Samples.Count,
            advanced => Calibrator.Calibrate(placed, data.Samples, how, advanced, stages.Cancellation)
        );
        foreach (string note in calibrated.Run!.Notes)
            stages.Note(note);
        data.RequireEnough(data.Samples.Count - calibrated.Run.Skipped.Count);
        data.NoteSkipped(stages);
        return calibrated;
    }

    private QuantizationPlan Search(CalibratedModel calibrated, WorkCount work)
    {
        SearchSubject subject = new(
            calibrated.Placed.Lowered.Model,
            calibrated.Placed.Sites,
            calibrated.Statistics,
            calibrated.Run?.Kept ?? [],
            work.AtLeast
        );
        SearchProgress progress = new(
            steps => stages.Begin(Stage.RecordOutputs, steps),
            steps => stages.Begin(Stage.Search, steps),
            stages.Advanced
        );
        return stages.Time(Stage.Search, () => PlanSearch.Run(subject, Searched, progress, stages.Cancellation)).Plan;
    }

    /// <summary>What is wrong with the quantized model, if it is not wrong with the FP32 model, too.</summary>
    private static string? FailureOf(QuantizedModel quantized, PlacedModel placed, IReadOnlyDictionary<string, TensorValue> sample)
    {
        string? failure = TrialRun.FailureOf(quantized.Model, sample);
        return failure is null || TrialRun.FailureOf(placed.Lowered.Model, sample) is not null ? null : failure;
    }
}
