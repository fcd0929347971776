using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;

namespace Quantizer.Search;

/// <summary>
/// Chooses among the plans of whole selectors by what they do to the network's outputs. The error of a tensor's own rounding
/// and clipping says little about how much of it arrives there: which selector is best differs from network to network.
/// </summary>
internal static class PlanSelection
{
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
        foreach (IRangeSelector selector in selectors)
            Try(planners[0], selector);
        IRangeSelector chosen = selectors.FirstOrDefault(selector => selector.Name == best?.Selector) ?? selectors[0];
        foreach ((string, RangePlanner) planner in planners.Skip(1))
            Try(planner, chosen);
        return best;

        void Try((string Name, RangePlanner Planner) ways, IRangeSelector selector)
        {
            QuantizationPlan plan = ways.Planner.Plan(selector);
            IReadOnlyList<int> order = best is null ? judge.Order : judge.WorstFirst(best.Errors);
            OutputErrors? errors = judge.Judge(plan, best?.SqnrDb ?? double.NegativeInfinity, order);
            tried(judge.Trials);
            if (errors is null)
                return;
            double sqnr = judge.SqnrDb(errors);
            if (best is null || sqnr > best.SqnrDb)
                best = new PlanTrial(selector.Name, ways.Name, plan, errors, sqnr);
        }
    }
}
