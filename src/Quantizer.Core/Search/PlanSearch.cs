using Quantizer.Calibration.Statistics;
using Quantizer.Graphs;
using Quantizer.Placement.Sites;
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
    /// <param name="samples">What plans are judged by, as calibration kept them; needed only where there is a choice.</param>
    /// <param name="begin">Hears what begins, and in how many steps.</param>
    /// <param name="advanced">Hears the steps done.</param>
    /// <exception cref="QuantizationException">The FP32 model or no plan's model can be run, or weights are not finite.</exception>
    public static SearchResult Run(
        OnnxModel model, QuantizationSites sites, CalibrationStatistics statistics, IReadOnlyList<Sample> samples, SearchOptions options,
        Action<string, int> begin, Action<int> advanced, CancellationToken cancellation)
    {
        SampleWorkers workers = new(options.Workers, cancellation);
        ActivationRanges ranges = new(sites, statistics);
        (string Name, RangePlanner Planner)[] planners =
        [
            .. WeightRangeTable.Named(options.WeightRanges).Select(way => (way.Name, new RangePlanner(sites, ranges, model.Graph, new WeightOptions(options.PerChannelWeights, way.Method)))),
        ];
        IReadOnlyList<string> selectors = PlanSelection.SelectorsOf(options.Method);
        IReadOnlyList<string> sources = sites.Observed;
        foreach (IRangeSelector selector in selectors.Select(SelectorTable.Parse)) workers.Run(sources.Count, i => ranges.Prepare(sources[i], selector));
        foreach ((_, RangePlanner planner) in planners) workers.Run(sites.Weights.Count, planner.PrepareWeights);
        if (sources.Count == 0 || !options.HasChoice) return new SearchResult(planners[0].Planner.Plan(SelectorTable.Parse(selectors[0])), null, 0, 0);

        begin("Recording the outputs", samples.Count);
        OutputReference reference = OutputReference.Record(model, samples, workers, advanced, cancellation);
        int moves = selectors.Count > 1 ? SearchBudget.Moves(sites.TotalMacs, reference.Count) : 0;
        begin("Searching plans", selectors.Count + planners.Length - 1 + moves);
        using PlanJudge judge = new(model, reference, workers, cancellation);
        PlanTrial best = PlanSelection.Best(judge, planners, selectors, advanced);
        if (moves == 0) return new SearchResult(best.Plan, best.SqnrDb, judge.Trials, 0);
        RangePlanner chosen = planners.First(way => way.Name == best.WeightRanges).Planner;
        (best, int kept) = PlanRefinement.Refine(judge, best, [.. MovesOn(best.Plan, chosen).Take(moves)], advanced);
        return new SearchResult(best.Plan, best.SqnrDb, judge.Trials, kept);
    }

    private static IEnumerable<PlanMove> MovesOn(QuantizationPlan plan, RangePlanner planner) =>
        plan.Activations.Keys.SelectMany(source => PlanMove.OfActivation(planner, source)).Where(move => move.Differs(plan));
}
