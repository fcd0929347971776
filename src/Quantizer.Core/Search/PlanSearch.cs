using Quantizer.Calibration.Statistics;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Samples;

namespace Quantizer.Search;

/// <summary>
/// Finds the plan that changes the network's outputs least, in two steps: first among the plans of whole selectors, then by moves on
/// the best of them. The same data and options give the same plan, for any number of workers and on any machine.
/// </summary>
internal sealed class PlanSearch : IDisposable
{
    private readonly SearchSubject _subject;
    private readonly SearchOptions _options;
    private readonly SearchProgress _progress;
    private readonly CancellationToken _cancellation;
    private readonly SampleWorkers _workers;
    private readonly (WeightRangeMethod Way, RangePlanner Planner)[] _planners;
    private readonly IReadOnlyList<IRangeSelector> _selectors;
    private PlanJudge? _judge;
    private SearchResult? _selected;

    /// <summary>Prepares all ranges that plans are made of.</summary>
    /// <exception cref="QuantizationException">Weights are not finite.</exception>
    public PlanSearch(SearchSubject subject, SearchOptions options, SearchProgress progress, CancellationToken cancellation)
    {
        (_subject, _options, _progress, _cancellation) = (subject, options, progress, cancellation);
        (OnnxModel model, QuantizationSites sites, CalibrationStatistics statistics, _, _) = subject;
        _workers = new SampleWorkers(options.Workers, cancellation);
        ActivationRanges ranges = new(sites, statistics);
        BlockRanges blocks = new(sites, model.Graph);
        _planners =
        [
            .. WeightWords
                .Tried(options.WeightRanges)
                .Where(way => subject.WeightRanges is null || way == subject.WeightRanges)
                .Select(way =>
                    (way, new RangePlanner(sites, ranges, blocks, model.Graph, new WeightOptions(options.WeightGranularity, way)))
                ),
        ];
        // Where nothing has a fixed range, only weights are left to choose for.
        _selectors =
            sites.Observed.Count == 0 ? [options.Method.Selectors[0]]
            : subject.Selectors.Count > 0 ? subject.Selectors
            : options.Method.Selectors;
        foreach (IRangeSelector selector in _selectors)
            ranges.Prepare(selector, _workers.Run);
        _workers.Run(blocks.Count, blocks.Prepare);
        foreach ((_, RangePlanner planner) in _planners)
            planner.PrepareWeights(_workers.Run);
    }

    /// <summary>The best plan of a whole selector.</summary>
    /// <returns>Where no plan's model can be run, the plan that was tried first: its failure is the caller's to tell.</returns>
    /// <exception cref="QuantizationException">The FP32 model cannot be run.</exception>
    public SearchResult Select() => _selected = Selected();

    /// <summary>The plan that moves make of a selected one; where there are none to try, itself.</summary>
    /// <param name="selected">What <see cref="Select"/> of this search found.</param>
    /// <exception cref="ArgumentException">Another search found it.</exception>
    public SearchResult Refine(SearchResult selected)
    {
        if (!ReferenceEquals(selected, _selected))
            throw new ArgumentException("Only the search that selected a plan can refine it.", nameof(selected));
        if (_judge is null || selected is not { SqnrDb: { } sqnr, Errors: { } errors })
            return selected;
        int most = _selectors.Count > 1 ? SearchBudget.Moves(_subject.Macs, _judge.Reference.Count) : 0;
        RangePlanner chosen = _planners.First(planner => planner.Way == selected.WeightRanges).Planner;
        PlanMove[] moves = [.. MovesOn(selected.Plan, chosen).Take(most)];
        if (moves.Length == 0)
            return selected;
        _progress.Refining(moves.Length);
        PlanTrial start = new(selected.Selector, selected.WeightRanges, selected.Plan, errors, sqnr);
        (PlanTrial best, int kept) = PlanRefinement.Refine(_judge, start, moves, _progress.Advanced);
        return Of(best, kept);
    }

    public void Dispose() => _judge?.Dispose();

    private SearchResult Selected()
    {
        if (_subject.Sites.IsEmpty || _subject.Samples.Count == 0 || !_options.HasChoice)
            return First(trials: 0);
        OutputReference reference = _subject.Reference ?? Record();
        _progress.Trying(_selectors.Count + _planners.Length - 1);
        _judge = new PlanJudge(_subject.Model, reference, _workers, _cancellation);
        int first = SearchBudget.FirstSamples(_subject.Macs, reference.Count);
        return PlanSelection.Best(_judge, _planners, _selectors, first, _progress.Advanced) is { } best
            ? Of(best, kept: 0)
            : First(_judge.Trials);
    }

    private OutputReference Record()
    {
        IReadOnlyList<Sample> samples = [.. _subject.Samples.Take(SearchBudget.DecidingSamples(_subject.Macs, _subject.Samples.Count))];
        _progress.Recording(samples.Count);
        return OutputReference.Record(_subject.Model, samples, _workers, _progress.Advanced, _cancellation, roles: _subject.Roles);
    }

    private SearchResult Of(PlanTrial best, int kept) =>
        new(best.Plan, best.SqnrDb, _judge!.Trials, kept)
        {
            Selector = best.Selector,
            WeightRanges = best.WeightRanges,
            Finalists = best.Finalists,
            Tried = best.Tried,
            Reference = _judge.Reference,
            Errors = best.Errors,
        };

    private SearchResult First(int trials) =>
        new(_planners[0].Planner.Plan(_selectors[0]), SqnrDb: null, trials, Kept: 0)
        {
            Selector = _selectors[0],
            WeightRanges = _planners[0].Way,
        };

    private static IEnumerable<PlanMove> MovesOn(QuantizationPlan plan, RangePlanner planner) =>
        plan.Activations.Keys.SelectMany(source => PlanMove.OfActivation(planner, source)).Where(move => move.Differs(plan));
}
