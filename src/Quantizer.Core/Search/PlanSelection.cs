using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;

namespace Quantizer.Search;

/// <summary>
/// Chooses among the plans of whole selectors by what they do to the network's outputs. The error of a tensor's own rounding
/// and clipping says little about how much of it arrives there: which selector is best differs from network to network.
/// </summary>
internal static class PlanSelection
{
    /// <summary>Samples that every selector is tried on; more decide between those that look best.</summary>
    private const int FirstSamples = 128;

    /// <summary>Selectors that are tried on all samples. A third one was never the best of all.</summary>
    private const int Finalists = 2;

    /// <summary>
    /// The best of every selector with the first way of choosing weight ranges, and of the other ways with the best selector;
    /// of equal ones the first tried. A plan whose model cannot be run has lost.
    /// </summary>
    /// <param name="planners">One per way of choosing weight ranges, by its name.</param>
    /// <param name="tried">Hears the number of plans tried.</param>
    /// <returns>Null when no plan's model can be run.</returns>
    public static PlanTrial? Best(
        PlanJudge judge,
        IReadOnlyList<(string Name, RangePlanner Planner)> planners,
        IReadOnlyList<IRangeSelector> selectors,
        Action<int> tried
    )
    {
        PlanTrial? best = null;
        int done = 0;
        IReadOnlyList<IRangeSelector> finalists = Promising(judge, planners[0].Planner, selectors);
        foreach (IRangeSelector selector in finalists)
            best = Better(judge, best, planners[0], selector);
        tried(done += selectors.Count);
        IRangeSelector chosen = finalists.FirstOrDefault(selector => selector.Name == best?.Selector) ?? selectors[0];
        foreach ((string, RangePlanner) planner in planners.Skip(1))
        {
            best = Better(judge, best, planner, chosen);
            tried(++done);
        }
        return best is null ? null : best with { Finalists = finalists };
    }

    /// <summary>The selectors that do best on the first samples, in their own order; all where there is nothing to choose.</summary>
    private static IReadOnlyList<IRangeSelector> Promising(PlanJudge judge, RangePlanner planner, IReadOnlyList<IRangeSelector> selectors)
    {
        if (selectors.Count <= Finalists)
            return selectors;
        int samples = Math.Min(FirstSamples, judge.Reference.Count);
        IReadOnlyList<OutputErrors?> errors = judge.Screen([.. selectors.Select(planner.Plan)], samples);
        HashSet<int> first =
        [
            .. Enumerable
                .Range(0, selectors.Count)
                .Where(i => errors[i] is not null)
                .OrderByDescending(i => judge.Reference.SqnrDb(errors[i]!, samples))
                .Take(Finalists),
        ];
        return [.. selectors.Where((_, i) => first.Contains(i))];
    }

    /// <summary>The better of a plan and what was best before.</summary>
    private static PlanTrial? Better(PlanJudge judge, PlanTrial? best, (string Name, RangePlanner Planner) ways, IRangeSelector selector)
    {
        QuantizationPlan plan = ways.Planner.Plan(selector);
        IReadOnlyList<int> order = best is null ? judge.Order : judge.WorstFirst(best.Errors);
        if (judge.Judge(plan, best?.SqnrDb ?? double.NegativeInfinity, order) is not { } errors)
            return best;
        double sqnr = judge.SqnrDb(errors);
        return best is null || sqnr > best.SqnrDb ? new PlanTrial(selector.Name, ways.Name, plan, errors, sqnr) : best;
    }
}
