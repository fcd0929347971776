using Quantizer.Graphs;
using Quantizer.Ranges;
using Quantizer.Rewriting;

namespace Quantizer.Confirmation;

/// <summary>
/// Chooses among plans by what they do to the network's outputs. The error of a tensor's own rounding and clipping says little
/// about how much of it arrives there: which selector is best differs from network to network.
/// </summary>
public static class PlanConfirmation
{
    /// <summary>The plans that "auto" tries: its own choice per tensor, and each selector for all tensors.</summary>
    private static readonly string[] Tried = ["auto", "minmax", "mse", "entropy", "percentile:99.999", "percentile:99.99"];

    public static int TrialCount => Tried.Length;

    /// <summary>All trials, the best first; of equal ones the first tried.</summary>
    /// <param name="model">The normalized FP32 model.</param>
    /// <param name="tried">Hears the number of plans tried.</param>
    public static IReadOnlyList<PlanTrial> Try(OnnxModel model, RangePlanner planner, OutputReference reference, Action<int> tried)
    {
        List<PlanTrial> trials = [];
        for (int i = 0; i < Tried.Length; i++)
        {
            QuantizationPlan plan = planner.Plan(RangeSelectors.Parse(Tried[i]));
            OnnxModel quantized = GraphRewriter.Rewrite(model, plan);
            trials.Add(new PlanTrial(Tried[i], plan, quantized, reference.SqnrDb(quantized)));
            tried(i + 1);
        }
        return [.. trials.OrderByDescending(trial => trial.SqnrDb)];
    }
}
