using Quantizer.Calibration;
using Quantizer.Calibration.Running;
using Quantizer.Calibration.Statistics;
using Quantizer.Comparison.Tasks;
using Quantizer.Correction;
using Quantizer.Graphs;
using Quantizer.Isolation;
using Quantizer.Pipeline.Data;
using Quantizer.Pipeline.Plans;
using Quantizer.Pipeline.Stages;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Weights;
using Quantizer.Rewriting;
using Quantizer.Work;

namespace Quantizer.Pipeline;

/// <summary>
/// The stages from a placed model to a quantized one that opens and runs. What 8 bits cannot hold stays in float, and a result
/// that does not open or run does not end the run: each round leaves more in float, so the last one runs, if only because
/// nothing in it is quantized.
/// </summary>
internal sealed class Quantization(QuantizationOptions options, JudgedTask? task, StageRunner stages)
{
    /// <param name="data">What ranges are learnt from; null where none has to be.</param>
    /// <param name="other">A sample to try the model with where there are no such data; null: there is none.</param>
    public QuantizedRun Run(PlacedModel placed, DataSet? data, IReadOnlyDictionary<string, TensorValue>? other = null)
    {
        IReadOnlyDictionary<string, TensorValue>? sample = data is null ? other : data.Samples.First()?.Inputs;
        WorkCount work = WorkOf(placed, sample);
        RunnablePlacement placement = stages.Run(Stage.Place, () => RunnablePlacement.Of(placed, sample));
        Planning planning = new(
            options,
            task,
            new Correcting(options, task, stages, data, work),
            stages,
            work,
            placed => Calibrate(placed, data),
            sample
        );
        PlannedModel? found = null;
        QuantizedRun run = Settled(
            placement,
            null,
            (placed, work),
            data,
            sample,
            (placement, calibrated) => found = planning.Plan(placement, calibrated, found)
        );
        return run with { Equalized = found!.Equalized, Correction = found.Correction, Choice = found.Choice };
    }

    /// <summary>The run with another placement of its model: what both quantize keeps its numbers.</summary>
    /// <param name="placed">Of the same lowered model, or of what that was before its channels were scaled.</param>
    public QuantizedRun Replaced(
        QuantizedRun run,
        PlacedModel placed,
        DataSet? data,
        IReadOnlyDictionary<string, TensorValue>? other = null
    ) => Replaced(run, placed, data, other, planned => planned);

    private QuantizedRun Replaced(
        QuantizedRun run,
        PlacedModel placed,
        DataSet? data,
        IReadOnlyDictionary<string, TensorValue>? other,
        Func<PlannedModel, PlannedModel> finished
    )
    {
        IReadOnlyDictionary<string, TensorValue>? sample = data is null ? other : data.Samples.First()?.Inputs;
        RunnablePlacement placement = stages.Run(Stage.Place, () => RunnablePlacement.Of(placed, sample));
        placement = placement with { Float = run.Placement.Float.Concat(placement.Float).DistinctBy(node => node.Key).ToDictionary() };
        bool isSame = ReferenceEquals(placed.Lowered, run.Placement.Placed.Lowered);
        return Settled(placement, run.Calibrated, (run.Placement.Placed, run.Work), data, sample, Planned) with
        {
            Choice = run.Choice,
            Equalized = isSame ? run.Equalized : null,
            Correction = isSame ? run.Correction : null,
        };

        PlannedModel Planned(RunnablePlacement placement, CalibratedModel calibrated) =>
            finished(
                new PlannedModel(
                    placement,
                    calibrated,
                    isSame ? Transferred(run.Quantized.Plan, calibrated) : PlannerFor(calibrated).Plan(options.Method.Selectors[0])
                )
            );
    }

    /// <summary>As above, with biases and rounding corrected anew: what makes up for the errors of layers in front is wrong where some of
    /// those are gone. A head pose network with 54 of its nodes in float kept 17.7 dB with the corrections of the whole, 27.7 dB with its
    /// own.</summary>
    public QuantizedRun Recorrected(
        QuantizedRun run,
        PlacedModel placed,
        DataSet? data,
        IReadOnlyDictionary<string, TensorValue>? other = null
    )
    {
        Correcting correcting = new(options, task, stages, data, run.Work);
        CorrectionResult? corrected = null;
        return Replaced(run.Uncorrected, placed, data, other, Corrected) with { Correction = corrected };

        PlannedModel Corrected(PlannedModel planned)
        {
            corrected = correcting.Correct(planned.Calibrated, planned.Plan);
            return corrected is null ? planned : planned with { Plan = corrected.Plan };
        }
    }

    /// <summary>The run with all weights only stored as integers.</summary>
    /// <param name="why">For the nodes whose arithmetic stays in float because of that; null: it was to stay there anyhow.</param>
    public QuantizedRun Stored(QuantizedRun run, DataSet? data, IReadOnlyDictionary<string, TensorValue>? other, string? why) =>
        Recorrected(run, Placer.WithActivations(run.Plain, ActivationMode.None, why), data, other) with
        {
            Choice = null,
        };

    /// <summary>The numbers of a plan for the sites of another placement.</summary>
    public QuantizationPlan Transferred(QuantizationPlan plan, CalibratedModel calibrated) =>
        PlannerFor(calibrated).Plan(plan, options.Method.Selectors[0]);

    private RangePlanner PlannerFor(CalibratedModel calibrated) =>
        new(
            calibrated.Placed.Sites,
            calibrated.Statistics,
            calibrated.Placed.Lowered.Graph,
            new WeightOptions(options.WeightGranularity, WeightWords.Tried(options.WeightRanges)[0])
        );

    /// <param name="counted">A model whose work is known; another one, such as that whose channels were scaled, has nodes of its
    /// own.</param>
    private QuantizedRun Settled(
        RunnablePlacement placement,
        CalibratedModel? calibrated,
        (PlacedModel Model, WorkCount Work) counted,
        DataSet? data,
        IReadOnlyDictionary<string, TensorValue>? sample,
        Func<RunnablePlacement, CalibratedModel, PlannedModel> plan
    )
    {
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
                placement = placement.WithStored(unfit);
                continue;
            }
            PlannedModel planned = plan(placement, calibrated);
            (placement, calibrated) = (planned.Placement, planned.Calibrated);
            QuantizedModel quantized = stages.Run(Stage.Rewrite, () => GraphRewriter.Rewrite(placement.Placed, planned.Plan));
            if (sample is null || planned.Plan.Sites.IsEmpty || FailureOf(quantized, placement.Placed, sample) is not { } failure)
            {
                WorkCount work = ReferenceEquals(placement.Placed.Lowered, counted.Model.Lowered)
                    ? counted.Work
                    : WorkOf(placement.Placed, sample);
                return new QuantizedRun(placement, work, calibrated, quantized);
            }
            placement = placement.Without(failure);
        }
    }

    private static WorkCount WorkOf(PlacedModel placed, IReadOnlyDictionary<string, TensorValue>? sample) =>
        WorkCount.Of(placed.Lowered.Model, placed.Lowered.SampleTensors, sample);

    private CalibratedModel Calibrate(PlacedModel placed, DataSet? data)
    {
        if (data is null || placed.Sites.Observed.Count == 0)
            return new CalibratedModel(placed, Run: null);
        CalibrationOptions how = new()
        {
            Workers = options.Threads,
            BatchSize = options.BatchSize,
            Sampled = options.Statistics == StatisticsMode.Sampled,
            KeepsSamples = Planning.NeedsSamples(options),
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

    /// <summary>What is wrong with the quantized model, if it is not wrong with the FP32 model, too.</summary>
    private static string? FailureOf(QuantizedModel quantized, PlacedModel placed, IReadOnlyDictionary<string, TensorValue> sample)
    {
        string? failure = TrialRun.FailureOf(quantized.Model, sample);
        return failure is null || TrialRun.FailureOf(placed.Lowered.Model, sample) is not null ? null : failure;
    }
}
