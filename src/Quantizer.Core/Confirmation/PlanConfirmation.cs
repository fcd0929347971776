using Quantizer.Graphs;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Rewriting;

namespace Quantizer.Confirmation;

/// <summary>
/// Chooses among plans by what they do to the network's outputs. The error of a tensor's own rounding and clipping says little
/// about how much of it arrives there: which selector is best differs from network to network.
/// </summary>
internal static class PlanConfirmation
{
    /// <summary>
    /// Tries every selector with the first way of choosing weight ranges, then the other ways with the best selector.
    /// All trials, the best first; of equal ones the first tried.
    /// </summary>
    /// <param name="model">The FP32 model that plans are written into.</param>
    /// <param name="planners">One per way of choosing weight ranges, by its name.</param>
    /// <param name="tried">Hears the number of plans tried.</param>
    public static IReadOnlyList<PlanTrial> Try(
        OnnxModel model, IReadOnlyList<(string Name, RangePlanner Planner)> planners, IReadOnlyList<IRangeSelector> selectors, OutputReference reference, Action<int> tried)
    {
        List<PlanTrial> trials = [];
        foreach (IRangeSelector selector in selectors) Add(planners[0], selector);
        IRangeSelector best = selectors.First(selector => selector.Name == Best(trials).Selector);
        foreach ((string, RangePlanner) planner in planners.Skip(1)) Add(planner, best);
        return [.. trials.OrderByDescending(trial => trial.SqnrDb)];

        void Add((string Name, RangePlanner Planner) ways, IRangeSelector selector)
        {
            QuantizationPlan plan = ways.Planner.Plan(selector);
            OnnxModel quantized = GraphRewriter.Rewrite(model, plan);
            trials.Add(new PlanTrial(selector.Name, ways.Name, plan, quantized, reference.SqnrDb(quantized)));
            tried(trials.Count);
        }
    }

    private static PlanTrial Best(List<PlanTrial> trials) => trials.OrderByDescending(trial => trial.SqnrDb).First();
}
