using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;

namespace Quantizer.Search;

/// <summary>
/// Chooses among the plans of whole selectors by what they do to the network's outputs. The error of a tensor's own rounding
/// and clipping says little about how much of it arrives there: which selector is best differs from network to network.
/// </summary>
internal static class PlanSelection
{
    /// <summary>Plans that are tried on all samples: with two of them a vision transformer lost 0.2 dB.</summary>
    private const int FinalPlans = 3;

    /// <summary>Selectors that another search of the network tries. A third one was never the best of all.</summary>
    private const int Finalists = 2;

    /// <summary>What is as much worse on the first samples, in standard errors of the mean difference, is not tried on the
    /// others.</summary>
    private const double SureStandardErrors = 1;

    /// <summary>
    /// The best of every selector with the first way of choosing weight ranges, and of the other ways with the best selector;
    /// of equal ones the first tried. A plan whose model cannot be run has lost.
    /// </summary>
    /// <param name="planners">One per way of choosing weight ranges, by its name.</param>
    /// <param name="samples">The first samples, which every plan is tried on; the others decide between those that look best
    /// there.</param>
    /// <param name="tried">Hears the number of plans tried.</param>
    /// <returns>Null when no plan's model can be run.</returns>
    public static PlanTrial? Best(
        PlanJudge judge,
        IReadOnlyList<(string Name, RangePlanner Planner)> planners,
        IReadOnlyList<IRangeSelector> selectors,
        int samples,
        Action<int> tried
    )
    {
        Candidate[] all = [.. selectors.Select(selector => new Candidate(selector, planners[0].Name, planners[0].Planner.Plan(selector)))];
        if (all.Length == 1 && planners.Count == 1)
            return Judged(judge, all[0], best: null) is { } only ? only with { Finalists = selectors } : null;
        IReadOnlyList<Candidate> bySelector = Screened(judge, all, samples);
        tried(all.Length);
        if (bySelector.Count == 0)
            return null;
        IRangeSelector chosen = bySelector[0].Selector;
        Candidate[] otherWays = [.. planners.Skip(1).Select(way => new Candidate(chosen, way.Name, way.Planner.Plan(chosen)))];
        IReadOnlyList<Candidate> candidates = Ranked(judge, [.. bySelector, .. Screened(judge, otherWays, samples)], samples);
        tried(all.Length + otherWays.Length);
        HashSet<string> finalists = [.. bySelector.Take(Finalists).Select(candidate => candidate.Selector.Name)];
        return Final(judge, candidates, samples) is { } best
            ? best with
            {
                Finalists = [.. selectors.Where(selector => finalists.Contains(selector.Name))],
                Tried = Told(judge, candidates, best, samples),
            }
            : null;
    }

    /// <summary>The best of those that may be it.</summary>
    /// <param name="candidates">The most promising first.</param>
    private static PlanTrial? Final(PlanJudge judge, IReadOnlyList<Candidate> candidates, int samples)
    {
        Candidate first = candidates[0];
        if (samples == judge.Reference.Count)
            return Trial(judge, first, first.Errors!);
        PlanTrial? best = null;
        foreach (Candidate candidate in candidates.Take(FinalPlans).Where(candidate => candidate == first || MayBeBest(candidate)))
            best = Judged(judge, candidate, best) ?? best;
        return best;

        bool MayBeBest(Candidate candidate) =>
            PairedGain.StandardErrors(candidate.Errors!, first.Errors!, samples, judge.Reference.Weights) < SureStandardErrors;
    }

    /// <summary>Those that run on the first samples, the best first.</summary>
    private static IReadOnlyList<Candidate> Screened(PlanJudge judge, Candidate[] candidates, int samples)
    {
        IReadOnlyList<OutputErrors?> errors = judge.Screen([.. candidates.Select(candidate => candidate.Plan)], samples);
        return Ranked(
            judge,
            [
                .. candidates
                    .Select((candidate, i) => candidate with { Errors = errors[i] })
                    .Where(candidate => candidate.Errors is not null),
            ],
            samples
        );
    }

    private static IReadOnlyList<Candidate> Ranked(PlanJudge judge, Candidate[] candidates, int samples) =>
        [.. candidates.OrderByDescending(candidate => judge.Reference.SqnrDb(candidate.Errors!, samples))];

    /// <summary>Null where it is not better than the best so far, or its model cannot be run.</summary>
    private static PlanTrial? Judged(PlanJudge judge, Candidate candidate, PlanTrial? best)
    {
        IReadOnlyList<int> order = best is null ? judge.Order : judge.WorstFirst(best.Errors);
        return
            judge.Judge(candidate.Plan, best?.SqnrDb ?? double.NegativeInfinity, order) is { } errors
            && (best is null || judge.SqnrDb(errors) > best.SqnrDb)
            ? Trial(judge, candidate, errors)
            : null;
    }

    private static PlanTrial Trial(PlanJudge judge, Candidate candidate, OutputErrors errors) =>
        new(candidate.Selector.Name, candidate.WeightRanges, candidate.Plan, errors, judge.SqnrDb(errors));

    /// <summary>On the first samples, where all can be compared; what was taken on all of them, too.</summary>
    private static IReadOnlyList<JudgedCandidate> Told(PlanJudge judge, IReadOnlyList<Candidate> candidates, PlanTrial best, int samples)
    {
        List<JudgedCandidate> told =
        [
            .. candidates.Select(candidate => new JudgedCandidate(
                $"{candidate.Selector.Name}, weights by {candidate.WeightRanges}",
                judge.Reference.SqnrDb(candidate.Errors!, samples),
                samples,
                IsTaken: candidate.Selector.Name == best.Selector && candidate.WeightRanges == best.WeightRanges
            )),
        ];
        if (samples < judge.Reference.Count && told.Find(candidate => candidate.IsTaken) is { } taken)
            told.Add(taken with { SqnrDb = best.SqnrDb, Samples = judge.Reference.Count });
        return told;
    }

    /// <param name="Errors">Of the first samples; null before they were run.</param>
    private sealed record Candidate(IRangeSelector Selector, string WeightRanges, QuantizationPlan Plan, OutputErrors? Errors = null);
}
