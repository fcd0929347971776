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
internal static class PlanSearch
{
    /// <returns>Where no plan's model can be run, the plan that was tried first: its failure is the caller's to tell.</returns>
    /// <exception cref="QuantizationException">The FP32 model cannot be run, or weights are not finite.</exception>
    public static SearchResult Run(SearchSubject subject, SearchOptions options, SearchProgress progress, CancellationToken cancellation)
    {
        (OnnxModel model, QuantizationSites sites, CalibrationStatistics statistics, IReadOnlyList<Sample> samples, long macs) = subject;
        SampleWorkers workers = new(options.Workers, cancellation);
        ActivationRanges ranges = new(sites, statistics);
        BlockRanges blocks = new(sites, model.Graph);
        (string Name, RangePlanner Planner)[] planners =
        [
            .. WeightWords
                .Tried(options.WeightRanges)
                .Select(way =>
                    (
                        WeightWords.Ranges.WordOf(way),
                        new RangePlanner(sites, ranges, blocks, model.Graph, new WeightOptions(options.WeightGranularity, way))
                    )
                ),
        ];
        IReadOnlyList<string> sources = sites.Observed;
        // Where nothing has a fixed range, only weights are left to choose for.
        IReadOnlyList<IRangeSelector> selectors = sources.Count == 0 ? [options.Method.Selectors[0]] : options.Method.Selectors;
        foreach (IRangeSelector selector in selectors)
            workers.Run(sources.Count, i => ranges.Prepare(sources[i], selector));
        workers.Run(blocks.Count, blocks.Prepare);
        foreach ((_, RangePlanner planner) in planners)
            workers.Run(planner.Weights.Count, planner.PrepareWeights);
        if (sites.IsEmpty || samples.Count == 0 || !options.HasChoice)
            return First(trials: 0);

        OutputReference reference = subject.Reference ?? Record();
        int moves = selectors.Count > 1 ? SearchBudget.Moves(macs, reference.Count) : 0;
        progress.Trying(selectors.Count + planners.Length - 1 + moves);
        using PlanJudge judge = new(model, reference, workers, cancellation);
        if (PlanSelection.Best(judge, planners, selectors, progress.Advanced) is not { } best)
            return First(judge.Trials);
        RangePlanner chosen = planners.First(way => way.Name == best.WeightRanges).Planner;
        (best, int kept) = PlanRefinement.Refine(judge, best, [.. MovesOn(best.Plan, chosen).Take(moves)], progress.Advanced);
        return new SearchResult(best.Plan, best.SqnrDb, judge.Trials, kept)
        {
            Selector = best.Selector,
            WeightRanges = best.WeightRanges,
            Reference = reference,
            Errors = best.Errors,
        };

        OutputReference Record()
        {
            progress.Recording(samples.Count);
            return OutputReference.Record(model, samples, workers, progress.Advanced, cancellation, partsOf: subject.PartsOf);
        }

        SearchResult First(int trials) =>
            new(planners[0].Planner.Plan(selectors[0]), SqnrDb: null, trials, Kept: 0)
            {
                Selector = selectors[0].Name,
                WeightRanges = planners[0].Name,
            };
    }

    private static IEnumerable<PlanMove> MovesOn(QuantizationPlan plan, RangePlanner planner) =>
        plan.Activations.Keys.SelectMany(source => PlanMove.OfActivation(planner, source)).Where(move => move.Differs(plan));
}
