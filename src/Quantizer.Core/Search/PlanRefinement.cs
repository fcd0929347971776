using Quantizer.Ranges.Planning;

namespace Quantizer.Search;

/// <summary>
/// Improves a plan move by move, and keeps what lowers the error at the outputs. Moves of one subject are tried side by side on
/// some of the samples; the most promising one is then judged by all of them, on its own model as users will open it.
/// </summary>
internal static class PlanRefinement
{
    /// <summary>
    /// Of many moves some look better by chance: on a hundred samples the error at the outputs of two equally good plans differs
    /// by some hundredths of a decibel, so what is taken must gain more than that.
    /// </summary>
    public const double NoticeableDb = 0.1;

    /// <summary>
    /// What a move gains must also exceed the error that its mean over the samples is known to. More sureness keeps moves out that
    /// help on other pictures, too (two standard errors cost ResNet-20 a quarter point of top-1 and ResNet-56 0.1 dB on 2,000 of
    /// them); with none, moves are kept that only fit the samples at hand (ResNet-56: 0.2 dB less).
    /// </summary>
    private const double SureStandardErrors = 1;

    /// <param name="best">The plan to start from.</param>
    /// <param name="moves">What to try, those of one subject together.</param>
    /// <param name="tried">Hears the number of moves tried.</param>
    /// <returns>The best plan and the number of moves that led to it.</returns>
    public static (PlanTrial Best, int Kept) Refine(
        PlanJudge judge,
        PlanTrial best,
        IReadOnlyList<PlanMove> moves,
        Action<int> tried,
        double sure = SureStandardErrors
    )
    {
        int kept = 0,
            done = 0;
        foreach (IGrouping<string, PlanMove> subject in moves.GroupBy(move => move.Subject))
        {
            QuantizationPlan[] plans = [.. subject.Where(move => move.Differs(best.Plan)).Select(move => move.Apply(best.Plan))];
            if (Better(judge, best, plans, sure) is { } better)
                (best, kept) = (better, kept + 1);
            tried(done += subject.Count());
        }
        return (best, kept);
    }

    private static PlanTrial? Better(PlanJudge judge, PlanTrial best, QuantizationPlan[] plans, double sure)
    {
        QuantizationPlan[] promising = plans;
        foreach (int samples in SearchBudget.ScreeningSamples(judge.Reference.Count))
            promising = Promising(judge, best, promising, samples);
        if (promising.Length == 0)
            return null;
        QuantizationPlan plan = promising[0];
        double mustBeat = best.SqnrDb + NoticeableDb;
        return
            judge.Judge(plan, mustBeat, judge.WorstFirst(best.Errors), asWritten: true) is { } errors
            && judge.SqnrDb(errors) > mustBeat
            && PairedGain.StandardErrors(best.Errors, errors, judge.Reference) >= sure
            ? best with
            {
                Plan = plan,
                Errors = errors,
                SqnrDb = judge.SqnrDb(errors),
            }
            : null;
    }

    /// <summary>Those that gain noticeably on the first samples, the most promising first.</summary>
    private static QuantizationPlan[] Promising(PlanJudge judge, PlanTrial best, QuantizationPlan[] plans, int samples)
    {
        double now = judge.Reference.SqnrDb(best.Errors, samples);
        return
        [
            .. judge
                .Screen(plans, samples)
                .Select(
                    (errors, i) =>
                        (Plan: plans[i], Gain: errors is null ? double.NegativeInfinity : judge.Reference.SqnrDb(errors, samples) - now)
                )
                .Where(trial => trial.Gain > NoticeableDb)
                .OrderByDescending(trial => trial.Gain)
                .Select(trial => trial.Plan),
        ];
    }
}
