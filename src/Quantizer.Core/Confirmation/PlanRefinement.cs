using Quantizer.Graphs;
using Quantizer.Ranges.Planning;
using Quantizer.Rewriting;

namespace Quantizer.Confirmation;

/// <summary>
/// Improves the best plan tensor by tensor: each activation tries the other selectors' ranges and keeps what lowers the error
/// at the outputs. One round in graph order, as many trials as a budget of work allows: the budget is counted, not timed, so
/// that the result does not depend on the machine.
/// </summary>
internal static class PlanRefinement
{
    /// <summary>Multiply-accumulates for all trials together: a few seconds on two cores.</summary>
    private const double Budget = 300e9;

    /// <summary>Opening the model and running it costs this much at least, however small it is, in multiply-accumulates of the same time.</summary>
    private const double LeastPerSample = 10e6;

    private const int MostTrials = 64;

    /// <summary>
    /// Of many trials some look better by chance: on a hundred samples the error at the outputs of two equally good plans differs
    /// by some hundredths of a decibel, so what is taken must gain more than that.
    /// </summary>
    private const double NoticeableDb = 0.1;

    /// <summary>Ranges whose scale differs by less than this share are one range.</summary>
    private const float NoticeableScale = 0.01f;

    /// <summary>The number of trials that the budget allows.</summary>
    /// <param name="macs">Multiply-accumulates of one sample.</param>
    public static int TrialsFor(long macs, int samples) =>
        (int)Math.Min(MostTrials, Budget / (Math.Max(macs, LeastPerSample) * Math.Max(samples, 1)));

    /// <param name="best">The plan to start from.</param>
    /// <param name="planner">The planner that made it.</param>
    /// <param name="trials">Trials at most.</param>
    /// <param name="tried">Hears the number of plans tried.</param>
    public static PlanTrial Refine(OnnxModel model, PlanTrial best, RangePlanner planner, OutputReference reference, int trials, Action<int> tried)
    {
        int done = 0;
        foreach (string source in best.Plan.Activations.Keys.ToArray())
        {
            foreach (ActivationPlan candidate in planner.Candidates(source))
            {
                if (done == trials) return best;
                float scale = best.Plan.Activations[source].Parameters.Scale;
                if (MathF.Abs(candidate.Parameters.Scale - scale) <= NoticeableScale * scale) continue;
                QuantizationPlan plan = planner.WithActivation(best.Plan, source, candidate);
                OnnxModel quantized = GraphRewriter.Rewrite(model, plan);
                double sqnr = reference.SqnrDb(quantized);
                tried(++done);
                if (sqnr > best.SqnrDb + NoticeableDb) best = best with { Plan = plan, Model = quantized, SqnrDb = sqnr };
            }
        }
        return best;
    }
}
