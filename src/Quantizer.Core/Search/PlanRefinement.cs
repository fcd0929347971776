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
        List<JudgedCandidate> told = [];
        foreach (IGrouping<string, PlanMove> subject in moves.GroupBy(move => move.Subject))
        {
            QuantizationPlan[] plans = [.. subject.Where(move => move.Differs(best.Plan)).Select(move => move.Apply(best.Plan))];
            if (plans.Length > 0)
            {
                PlanTrial before = best;
                (PlanTrial? better, double? sqnr, int samples, QuantizationPlan judged) = Better(judge, best, plans, sure);
                if (better is not null)
                    (best, kept) = (better, kept + 1);
                string range = judged.Activations.TryGetValue(subject.Key, out ActivationPlan? activation) ? $": {activation.Method}" : "";
                told.Add(
                    new JudgedCandidate(subject.Key + range, sqnr, samples, IsTaken: better is not null)
                    {
                        BeforeDb = judge.Reference.SqnrDb(before.Errors, samples),
                    }
                );
            }
            tried(done += subject.Count());
        }
        return (told.Count == 0 ? best : best with { Tried = told }, kept);
    }

    /// <returns>The better trial, null where there is none; and what the best of the plans came to on how many samples.</returns>
    private static (PlanTrial? Better, double? SqnrDb, int Samples, QuantizationPlan Judged) Better(
        PlanJudge judge,
        PlanTrial best,
        QuantizationPlan[] plans,
        double sure
    )
    {
        QuantizationPlan[] promising = plans;
        foreach (int samples in SearchBudget.ScreeningSamples(judge.Reference.Count))
        {
            (QuantizationPlan Plan, double Gain)[] ranked = Ranked(judge, best, promising, samples);
            promising = [.. ranked.Where(trial => trial.Gain > NoticeableDb).Select(trial => trial.Plan)];
            if (promising.Length == 0)
                return (null, judge.Reference.SqnrDb(best.Errors, samples) + ranked[0].Gain, samples, ranked[0].Plan);
        }
        QuantizationPlan plan = promising[0];
        double mustBeat = best.SqnrDb + NoticeableDb;
        OutputErrors? errors = judge.Judge(plan, mustBeat, judge.WorstFirst(best.Errors), asWritten: true);
        double? sqnr = errors is null ? null : judge.SqnrDb(errors);
        bool isBetter = sqnr > mustBeat && PairedGain.StandardErrors(best.Errors, errors!, judge.Reference) >= sure;
        return (isBetter ? best with { Plan = plan, Errors = errors!, SqnrDb = sqnr!.Value } : null, sqnr, judge.Reference.Count, plan);
    }

    /// <summary>What each gains on the first samples, the most promising first.</summary>
    private static (QuantizationPlan Plan, double Gain)[] Ranked(PlanJudge judge, PlanTrial best, QuantizationPlan[] plans, int samples)
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
                .OrderByDescending(trial => trial.Gain),
        ];
    }
}
