using Quantizer.Calibration.Statistics;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Samples;

namespace Quantizer.Search;

/// <summary>
/// Finds the plan that changes the network's outputs least: first among the plans of whole selectors, then by moves on the
/// best of them. The same data and options give the same plan, for any number of workers and on any machine.
/// </summary>
public static class PlanSearch
{
    /// <param name="model">The FP32 model that plans are written into.</param>
    /// <param name="samples">What plans are judged by (<see cref="JudgedSamples"/>); asked for only if there is something to choose from.</param>
    /// <param name="begin">Hears what begins, and in how many steps.</param>
    /// <param name="advanced">Hears the steps done.</param>
    /// <exception cref="QuantizationException">The FP32 model or no plan's model can be run, or weights are not finite.</exception>
    public static SearchResult Run(
        OnnxModel model, QuantizationSites sites, CalibrationStatistics statistics, Func<IReadOnlyList<Sample>> samples, SearchOptions options,
        Action<string, int> begin, Action<int> advanced, CancellationToken cancellation)
    {
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Workers, CancellationToken = cancellation };
        ActivationRanges ranges = new(sites, statistics);
        (string Name, RangePlanner Planner)[] planners =
        [
            .. WeightRangeTable.Named(options.WeightRanges).Select(way => (way.Name, new RangePlanner(sites, ranges, model.Graph, new WeightOptions(options.PerChannelWeights, way.Method)))),
        ];
        IReadOnlyList<string> selectors = PlanSelection.SelectorsOf(options.Method);
        foreach (string selector in selectors) ranges.Prepare(SelectorTable.Parse(selector), parallel);
        foreach ((_, RangePlanner planner) in planners) planner.PrepareWeights(parallel);
        int starts = selectors.Count + planners.Length - 1;
        if (sites.Observed.Count == 0 || starts == 1) return new SearchResult(planners[0].Planner.Plan(SelectorTable.Parse(selectors[0])), null, 0, 0);

        IReadOnlyList<Sample> judged = samples();
        begin("Recording the outputs", judged.Count);
        OutputReference reference = OutputReference.Record(model, judged, options.Workers, advanced, cancellation);
        int moves = selectors.Count > 1 ? SearchBudget.Moves(sites.TotalMacs, reference.Count) : 0;
        begin("Searching plans", starts + moves);
        using PlanJudge judge = new(model, reference, options.Workers, cancellation);
        PlanTrial best = PlanSelection.Best(judge, planners, selectors, advanced);
        if (moves == 0) return new SearchResult(best.Plan, best.SqnrDb, judge.Trials, 0);
        RangePlanner chosen = planners.First(way => way.Name == best.WeightRanges).Planner;
        (best, int kept) = PlanRefinement.Refine(judge, best, [.. MovesOn(best.Plan, chosen).Take(moves)], advanced);
        return new SearchResult(best.Plan, best.SqnrDb, judge.Trials, kept);
    }

    private static IEnumerable<PlanMove> MovesOn(QuantizationPlan plan, RangePlanner planner) =>
        plan.Activations.Keys.SelectMany(source => PlanMove.OfActivation(planner, source)).Where(move => move.Differs(plan));
}
