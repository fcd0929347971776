using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;
using Quantizer.Execution;
using Quantizer.Fallback;
using Quantizer.Pipeline.Data;
using Quantizer.Pipeline.Stages;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Reporting;
using Quantizer.Reporting.Texts;
using Quantizer.Samples;
using Quantizer.Search;

namespace Quantizer.Pipeline.Forms;

/// <summary>
/// Gives parts of a network that fell below its task's floor back to float, those with the most error for their work first, until
/// it keeps the floor; at last the whole: stored where stored weights keep the floor, else in float.
/// </summary>
/// <param name="run">What fell below the floor.</param>
/// <param name="missed">By how much.</param>
/// <param name="hastening">Tells whether a mixture would be faster with more of it in float; null where that may not be.</param>
internal sealed class FloorKeeper(
    FloorSubject subject,
    QuantizedRun run,
    ComparisonResult missed,
    Quantization quantization,
    Hastening? hastening
)
{
    /// <summary>Each step is judged on so many samples, and only what keeps the floor there on all.</summary>
    private const int StepSamples = 256;

    /// <summary>Parts are compared with each other on so many.</summary>
    private const int OrderSamples = 16;

    /// <summary>Of the time for stored weights: mixtures of integers and float need the rest.</summary>
    private const double TimeForStored = 0.3;

    /// <summary>Of the time for mixtures, for measuring in which order parts are given back: with an order and no time to try a mixture
    /// nothing is gained.</summary>
    private const double TimeForOrder = 0.5;

    /// <summary>Of the whole time, for mixtures even where storing weights took longer than all of it.</summary>
    private const double LeastForMixtures = 0.25;

    /// <summary>Of the constants' bytes in integers: less is no gain in size.</summary>
    private const double LeastSaved = 0.02;

    /// <summary>What a mixture whose given back weights are in float must gain where all weights could be stored, which makes the file some
    /// three times as small.</summary>
    private const double WorthItsSize = 1.25;

    private readonly FloorForms _forms = new(subject, run, quantization);
    private readonly StageRunner _stages = subject.Compared.Stages;
    private readonly List<FloorStep> _steps = [];
    private TimeShare _time = new(subject.Time);
    private IReadOnlyList<FallbackPart>? _order;

    /// <summary>With the weights of all stored, or of all but a few; null where that falls below the floor, or may not be.</summary>
    private QuantizedRun? _stored;
    private IReadOnlyList<string> _unstored = [];

    /// <summary>Whether weights of the nodes that are given back are in float, too.</summary>
    private bool _givesWeights;
    private int _given;
    private IReadOnlyList<string> _nodes = [];
    private bool _isRepeated = subject.Known is null;
    private FloorOutcome _outcome = FloorOutcome.Left;
    private bool _timeIsUp;

    public FloorReport Report =>
        new(missed.Task.Figures.Headline.Between, _outcome, _outcome == FloorOutcome.PartlyFloat ? _nodes : [], _steps, _timeIsUp)
        {
            Missed = missed.Task.HeadlineMeetsFloor ? missed.Task.Missed : null,
            Unstored = _outcome switch
            {
                FloorOutcome.PartlyFloat => _givesWeights ? _nodes : _unstored,
                FloorOutcome.Stored => _unstored,
                _ => [],
            },
        };

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
            if (_stored is not null)
            {
                _outcome = FloorOutcome.Stored;
                return _stored;
            }
        }
        _outcome = FloorOutcome.Float;
        return _forms.InFloat();
    }

    /// <summary>What another run came to, in the end.</summary>
    private QuantizedRun? Repeated(FloorReport known)
    {
        (_outcome, _nodes, _timeIsUp) = (known.Outcome, known.Nodes, known.TimeIsUp);
        _steps.AddRange(known.Steps);
        _unstored = known.Unstored;
        if (known.Steps.Any(step => step is { Outcome: FloorOutcome.Stored, MeetsFloor: true }))
            _stored = _unstored.Count == 0 ? _forms.Stored() : _forms.Stored(_forms.Stored(), _unstored);
        return known.Outcome switch
        {
            FloorOutcome.PartlyFloat => Mixed(known.Nodes),
            FloorOutcome.Stored => _stored,
            FloorOutcome.Float => _forms.InFloat(),
            _ => null,
        };
    }

    private void Begin()
    {
        if (_forms.AreOfBlocks || run.Placement.Placed.Options.Activations is not (ActivationMode.Static or ActivationMode.None))
        {
            QuantizedRun stored = _forms.Stored();
            _stored = Served(stored, [], FloorOutcome.Stored);
            if (_stored is null && !_forms.AreOfBlocks)
                _stored = MostlyStored(stored, _time.AtLeast(LeastForMixtures * subject.Time).Part(TimeForStored));
            _time = _time.AtLeast(LeastForMixtures * subject.Time);
        }
        _order = Ordered(run, FallbackCost.OfWork(run.Work), _time.Part(TimeForOrder));
    }

    /// <summary>With the weights of as few parts in float as keep the floor; null where no time or nothing is left.</summary>
    private QuantizedRun? MostlyStored(QuantizedRun stored, TimeShare time)
    {
        Func<IReadOnlyList<string>, double> cost = FallbackCost.OfBytes(stored.Placement.Placed.Lowered.Graph);
        IReadOnlyList<FallbackPart> order = Ordered(stored, cost, time.Part(TimeForOrder));
        (int parts, QuantizedRun? serves) = Least(
            0,
            order.Count - 1,
            parts => Served(_forms.Stored(stored, Nodes(order, parts)), Nodes(order, parts), FloorOutcome.Stored),
            time
        );
        if (serves is not null)
            _unstored = Nodes(order, parts);
        return serves;
    }

    /// <param name="costOf">What nodes cost that are given back.</param>
    private IReadOnlyList<FallbackPart> Ordered(QuantizedRun whole, Func<IReadOnlyList<string>, double> costOf, TimeShare time)
    {
        DataSet data = subject.Calibration ?? subject.Compared.Data;
        IEnumerable<Sample> samples = Enumerable.Range(0, data.Samples.Count).Select(data.Reader().Load).OfType<Sample>();
        _stages.Begin(Stage.Order, whole.Sites.WeightedNodes.Count);
        return _stages.Time(
            Stage.Order,
            () =>
            {
                using PlanJudge judge = subject.Compared.JudgeOf(whole.Placement.Placed.Lowered.Model, [.. samples.Take(OrderSamples)]);
                return FallbackOrder.Of(
                    whole.Settled,
                    costOf,
                    judge,
                    alone => quantization.Transferred(whole.Quantized.Plan, alone),
                    () => time.HasTime,
                    _stages.Advanced
                );
            }
        );
    }

    /// <summary>With as few parts given back as keep the floor. Null where time ends, none is left in integers, or the mixture gains no
    /// time.</summary>
    private QuantizedRun? Partly()
    {
        QuantizedRun? serves = WithFewest();
        if (serves is null && _stored is not null && !_forms.AreOfBlocks && !_givesWeights)
        {
            // Larger, but what stored weights lose beside the others' integers may be what is too much.
            (_givesWeights, _given) = (true, 0);
            serves = WithFewest();
        }
        _timeIsUp = serves is null && !_time.HasTime;
        if (serves is not null)
            _outcome = FloorOutcome.PartlyFloat;
        return serves;
    }

    /// <summary>Null also where that is no faster than its weights stored and everything in float.</summary>
    private QuantizedRun? WithFewest()
    {
        QuantizedRun? serves = _given == 0 && SensitiveWeights.Count > 0 && _time.HasTime ? WithGiven(0) : null;
        int parts = 0;
        if (serves is null)
            (parts, serves) = Least(_given, _order!.Count - 1, WithGiven, _time);
        if (serves is null)
            return null;
        (_given, _nodes) = (parts, Given(parts));
        // Weights of 4 bits are for their bytes.
        bool isSmaller =
            _forms.AreOfBlocks || (_stored is null && serves.Sites.IntegerShareOf(serves.Placement.Placed.Lowered.Graph) >= LeastSaved);
        return isSmaller || IsFaster(serves) || WouldBeFaster(serves) ? serves : null;
    }

    /// <summary>The fewest parts with which a network serves: twice as many in each step, then halving between the last two.</summary>
    /// <param name="fails">So many do not.</param>
    /// <param name="with">Null where it does not serve with so many.</param>
    /// <returns>No network where none serves, or time ends before one is found.</returns>
    private (int Parts, QuantizedRun? Serves) Least(int fails, int most, Func<int, QuantizedRun?> with, TimeShare time)
    {
        int tried = MoreThan(fails);
        QuantizedRun? serves = null;
        while (tried > fails && serves is null && time.HasTime)
        {
            serves = with(tried);
            if (serves is null)
                (fails, tried) = (tried, MoreThan(tried));
        }
        while (serves is not null && tried - fails > 1 && time.HasTime)
        {
            int middle = (tried + fails) / 2;
            if (with(middle) is { } less)
                (serves, tried) = (less, middle);
            else
                fails = middle;
        }
        return (tried, serves);

        int MoreThan(int parts) => Math.Min(Math.Max(1, 2 * parts), most);
    }

    /// <summary>Null when it falls below the floor.</summary>
    private QuantizedRun? WithGiven(int parts)
    {
        IReadOnlyList<string> nodes = Given(parts);
        return Served(Mixed(nodes), nodes, FloorOutcome.PartlyFloat);
    }

    /// <summary>Nodes in float anyhow whose weights must not even be stored.</summary>
    private IReadOnlyList<string> SensitiveWeights =>
        [.. run.Sites.Nodes.Where(node => node.Form == NodeForm.Stored).Select(node => node.Node).Intersect(_unstored)];

    private IReadOnlyList<string> Given(int parts) => [.. SensitiveWeights.Union(Nodes(_order!, parts))];

    private QuantizedRun Mixed(IReadOnlyList<string> nodes) => _forms.Mixed(nodes, _stored is null || _givesWeights ? nodes : _unstored);

    private static string[] Nodes(IReadOnlyList<FallbackPart> order, int parts) => [.. order.Take(parts).SelectMany(part => part.Nodes)];

    /// <summary>Null when it falls below the floor.</summary>
    private QuantizedRun? Served(QuantizedRun tried, IReadOnlyList<string> nodes, FloorOutcome outcome)
    {
        using InferenceModel model = InferenceModel.Load(tried.Quantized.Model);
        ComparisonResult comparison = subject.Compared.Compare(model, StepSamples);
        TaskResult result = comparison.Task;
        double? worst = comparison.Outputs.Count == 0 ? null : comparison.Outputs.Min(output => output.SqnrDb);
        _stages.Tried.Add("float", new JudgedCandidate(NameOf(outcome, nodes.Count), worst, comparison.Samples, IsTaken: false));
        _steps.Add(new FloorStep(nodes, outcome, result.Figures.Headline.Between, result.MeetsFloor) { Missed = result.Missed });
        return result.MeetsFloor ? tried : null;
    }

    /// <param name="nodes">Given back; of stored weights those that stay in float.</param>
    private static string NameOf(FloorOutcome outcome, int nodes) =>
        outcome switch
        {
            FloorOutcome.PartlyFloat => $"{FigureText.Count(nodes, "node")} given back for the floor",
            FloorOutcome.Stored when nodes > 0 => $"all weights stored but those of {FigureText.Count(nodes, "node")}",
            FloorOutcome.Stored => "all weights stored",
            _ => "all in float",
        };

    /// <summary>Says what of the steps was taken in the end.</summary>
    public void TellTaken()
    {
        if (_outcome != FloorOutcome.Left)
            _stages.Tried.Take("float", NameOf(_outcome, _outcome == FloorOutcome.PartlyFloat ? _nodes.Count : _unstored.Count));
    }

    /// <summary>Settling does so in the end: the choice is between a mixture at its best and weights that are only stored.</summary>
    private bool WouldBeFaster(QuantizedRun tried) => hastening?.Faster(tried) is { } faster && IsFaster(faster.Run);

    private bool IsFaster(QuantizedRun tried)
    {
        IReadOnlyList<LatencyResult> times = subject.Compared.MeasureLatency(
            () => InferenceModel.Load(tried.Placement.Placed.Source.Model),
            () => InferenceModel.Load(tried.Quantized.Model)
        );
        double least = _givesWeights && _stored is not null ? WorthItsSize : SpeedWorth.NoticeableSpeedup;
        return SpeedRatio.Of(times[0], times[1]).Speedup >= least;
    }
}
