using System.Diagnostics;
using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;
using Quantizer.Execution;
using Quantizer.Fallback;
using Quantizer.Pipeline.Stages;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Weights;
using Quantizer.Reporting;
using Quantizer.Samples;
using Quantizer.Search;

namespace Quantizer.Pipeline;

/// <summary>
/// Gives parts of a network that fell below its task's floor back to float, those with the most error for their work first, until
/// it keeps the floor; at last the whole: stored where stored weights keep the floor, else in float.
/// </summary>
/// <param name="run">What fell below the floor.</param>
/// <param name="missed">By how much.</param>
internal sealed class FloorKeeper(FloorSubject subject, QuantizedRun run, ComparisonResult missed, Quantization quantization)
{
    /// <summary>Each step is judged on so many samples, and only what keeps the floor there on all.</summary>
    private const int StepSamples = 256;

    /// <summary>Parts are compared with each other on so many.</summary>
    private const int OrderSamples = 16;

    private readonly StageRunner _stages = subject.Compared.Stages;
    private readonly List<FloorStep> _steps = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private IReadOnlyList<FallbackPart>? _order;
    private QuantizedRun? _stored;
    private bool _storedServes;
    private int _given;
    private IReadOnlyList<string> _nodes = [];
    private bool _isRepeated = subject.Known is null;
    private FloorOutcome _outcome = FloorOutcome.Left;
    private bool _timeIsUp;

    public FloorReport Report =>
        new(missed.Task.Figures.Headline.Between, _outcome, _outcome == FloorOutcome.PartlyFloat ? _nodes : [], _steps, _timeIsUp);

    private bool IsOfBlocks => run.Plain.Options.Storage == WeightStorage.Int4;

    private bool HasTime => Stopwatch.GetElapsedTime(_start) < subject.Time;

    /// <summary>The next that keeps the floor on the steps' samples, with less in integers than the one before; null when all is in
    /// float.</summary>
    public QuantizedRun? Next()
    {
        if (!_isRepeated)
        {
            _isRepeated = true;
            return Repeated(subject.Known!);
        }
        if (_outcome == FloorOutcome.Float)
            return null;
        if (_outcome != FloorOutcome.Stored)
        {
            if (_order is null)
                Begin();
            if (Partly() is { } partly)
                return partly;
            if (_storedServes)
            {
                _outcome = FloorOutcome.Stored;
                return _stored;
            }
        }
        _outcome = FloorOutcome.Float;
        return InFloat();
    }

    /// <summary>What another run came to, in the end.</summary>
    private QuantizedRun? Repeated(FloorReport known)
    {
        (_outcome, _nodes, _timeIsUp) = (known.Outcome, known.Nodes, known.TimeIsUp);
        _steps.AddRange(known.Steps);
        _storedServes = known.Steps.Any(step => step is { Outcome: FloorOutcome.Stored, MeetsFloor: true });
        return known.Outcome switch
        {
            FloorOutcome.PartlyFloat => Mixed(known.Nodes),
            FloorOutcome.Stored => InStored(),
            FloorOutcome.Float => InFloat(),
            _ => null,
        };
    }

    private QuantizedRun InFloat() =>
        quantization.Replaced(
            run,
            Placer.WithFloat(run.Plain, Reasons(run.Sites.WeightedNodes)),
            subject.Calibration,
            subject.Compared.Sample
        );

    private QuantizedRun InStored() =>
        quantization.Stored(
            run,
            subject.Calibration,
            subject.Compared.Sample,
            IsOfBlocks ? null : "with any arithmetic in integers the network falls below its floor"
        );

    private void Begin()
    {
        if (IsOfBlocks || run.Placement.Placed.Options.Activations is ActivationMode.Automatic or ActivationMode.Dynamic)
        {
            _stored = InStored();
            _storedServes = Serves(_stored, [], FloorOutcome.Stored);
        }
        _order = Ordered();
    }

    private IReadOnlyList<FallbackPart> Ordered()
    {
        SampleWorkers workers = subject.Compared.Workers;
        DataSet data = subject.Calibration ?? subject.Compared.Data;
        IEnumerable<Sample> samples = Enumerable.Range(0, data.Samples.Count).Select(data.Reader().Load).OfType<Sample>();
        Graphs.OnnxModel model = run.Placement.Placed.Lowered.Model;
        _stages.Begin(Stage.Order, run.Sites.WeightedNodes.Count);
        return _stages.Time(
            Stage.Order,
            () =>
            {
                OutputReference reference = OutputReference.Record(
                    model,
                    [.. samples.Take(OrderSamples)],
                    workers,
                    _ => { },
                    _stages.Cancellation,
                    partsOf: subject.Compared.Task.Task.PartsOf
                );
                using PlanJudge judge = new(model, reference, workers, _stages.Cancellation);
                return FallbackOrder.Of(
                    run.Calibrated with
                    {
                        Placed = run.Placement.Placed,
                    },
                    run.Work,
                    judge,
                    alone => quantization.Transferred(run.Quantized.Plan, alone),
                    () => HasTime,
                    _stages.Advanced
                );
            }
        );
    }

    /// <summary>With as few parts given back as keep the floor: twice as many in each step, then halving between the last two. Null
    /// where time ends, none is left in integers, or the mixture gains no time.</summary>
    private QuantizedRun? Partly()
    {
        int fails = _given,
            tried = MoreThan(fails);
        QuantizedRun? serves = null;
        while (tried > fails && serves is null && !(_timeIsUp = !HasTime))
        {
            serves = WithGiven(tried);
            if (serves is null)
                (fails, tried) = (tried, MoreThan(tried));
        }
        if (serves is null)
            return null;
        while (tried - fails > 1 && HasTime)
        {
            int middle = (tried + fails) / 2;
            if (WithGiven(middle) is { } less)
                (serves, tried) = (less, middle);
            else
                fails = middle;
        }
        (_given, _nodes) = (tried, Given(tried));
        // Weights of 4 bits are for their bytes.
        if (_storedServes && !IsOfBlocks && !IsFaster(serves))
            return null;
        _outcome = FloorOutcome.PartlyFloat;
        return serves;
    }

    /// <summary>Twice as many parts, but one of them at least stays.</summary>
    private int MoreThan(int parts) => Math.Min(Math.Max(1, 2 * parts), _order!.Count - 1);

    /// <summary>Null when it falls below the floor.</summary>
    private QuantizedRun? WithGiven(int parts)
    {
        string[] nodes = Given(parts);
        QuantizedRun tried = Mixed(nodes);
        return Serves(tried, nodes, FloorOutcome.PartlyFloat) ? tried : null;
    }

    private QuantizedRun Mixed(IReadOnlyList<string> nodes)
    {
        PlacedModel placed = run.Placement.Placed;
        Dictionary<string, string> reasons = Reasons(nodes);
        return quantization.Replaced(
            _storedServes ? WithRounding(_stored ??= InStored()) : run,
            _storedServes ? Placer.WithStored(placed, reasons) : Placer.WithFloat(placed, reasons),
            subject.Calibration,
            subject.Compared.Sample
        );
    }

    /// <summary>The run with the rounding that its weights have where all are stored, for those that will be.</summary>
    private QuantizedRun WithRounding(QuantizedRun stored)
    {
        // Those of another model, whose channels have no scales, are other weights.
        if (!ReferenceEquals(stored.Placement.Placed.Lowered, run.Placement.Placed.Lowered))
            return run;
        QuantizationPlan plan = run.Quantized.Plan;
        return run with { Quantized = run.Quantized with { Plan = plan with { Stored = [.. plan.Stored, .. Rounded(stored)] } } };
    }

    private static IEnumerable<StoredPlan> Rounded(QuantizedRun stored) =>
        stored.Quantized.Plan.Stored.Where(weights => weights.Integers is not null || weights.Bias is not null);

    private string[] Given(int parts) => [.. _order!.Take(parts).SelectMany(part => part.Nodes)];

    private bool Serves(QuantizedRun tried, IReadOnlyList<string> nodes, FloorOutcome outcome)
    {
        using InferenceModel model = InferenceModel.Load(tried.Quantized.Model);
        TaskResult result = subject.Compared.Compare(model, StepSamples).Task;
        _steps.Add(new FloorStep(nodes, outcome, result.Figures.Headline.Between, result.MeetsFloor));
        return result.MeetsFloor;
    }

    private bool IsFaster(QuantizedRun tried)
    {
        using InferenceModel cleaned = InferenceModel.Load(tried.Placement.Placed.Source.Model);
        using InferenceModel mixed = InferenceModel.Load(tried.Quantized.Model);
        IReadOnlyList<LatencyResult> times = subject.Compared.MeasureLatency(cleaned, mixed);
        return SpeedRatio.Of(times[0], times[1]).Speedup > 1;
    }

    private Dictionary<string, string> Reasons(IEnumerable<string> nodes) =>
        nodes.ToDictionary(
            node => node,
            _ =>
                IsOfBlocks && _storedServes
                    ? "in 8 bits, because with its weights in 4 the network falls below its floor"
                    : "given back to float: with it in integers the network falls below its floor"
        );
}
