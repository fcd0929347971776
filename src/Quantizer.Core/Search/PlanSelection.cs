using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;

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

    /// <summary>The same on a part of the first samples: a plan that may still be the best is worth running on all of them.</summary>
    private const double HopelessStandardErrors = 2.5;

    /// <summary>
    /// The best of every selector with the first way of choosing weight ranges, and of the other ways with the best selector;
    /// of equal ones the first tried. A plan whose model cannot be run has lost.
    /// </summary>
    /// <param name="planners">One per way of choosing weight ranges.</param>
    /// <param name="samples">The first samples, which every plan is tried on that a part of them does not show to be hopeless; the others
    /// decide between those that look best there.</param>
    /// <param name="tried">Hears the number of plans tried.</param>
    /// <returns>Null when no plan's model can be run.</returns>
    public static PlanTrial? Best(
        PlanJudge judge,
        IReadOnlyList<(WeightRangeMethod Way, RangePlanner Planner)> planners,
        IReadOnlyList<IRangeSelector> selectors,
        int samples,
        Action<int> tried
    )
    {
        Candidate[] all = [.. selectors.Select(selector => new Candidate(selector, planners[0].Way, planners[0].Planner.Plan(selector)))];
        if (all.Length == 1 && planners.Count == 1)
            return Judged(judge, all[0], best: null) is { } only ? only with { Finalists = selectors } : null;
        (IReadOnlyList<Candidate> bySelector, IReadOnlyList<Candidate> givenUp) = Screened(judge, all, samples);
        tried(all.Length);
        if (bySelector.Count == 0)
            return null;
        IRangeSelector chosen = bySelector[0].Selector;
        Candidate[] otherWays = [.. planners.Skip(1).Select(way => new Candidate(chosen, way.Way, way.Planner.Plan(chosen)))];
        IReadOnlyList<Candidate> candidates = Ranked(judge, [.. bySelector, .. Run(judge, otherWays, samples)]);
        tried(all.Length + otherWays.Length);
        HashSet<string> finalists = [.. bySelector.Take(Finalists).Select(candidate => candidate.Selector.Name)];
        return Final(judge, candidates) is { } best
            ? best with
            {
                Finalists = [.. selectors.Where(selector => finalists.Contains(selector.Name))],
                Tried = Told(judge, [.. candidates, .. givenUp], best),
            }
            : null;
    }

    /// <summary>The best of those that may be it.</summary>
    /// <param name="candidates">The most promising first.</param>
    private static PlanTrial? Final(PlanJudge judge, IReadOnlyList<Candidate> candidates)
    {
        Candidate first = candidates[0];
        if (first.Samples == judge.Reference.Count)
            return Trial(judge, first, first.Errors!);
        PlanTrial? best = null;
        Candidate[] open = [.. candidates.Take(FinalPlans).Where(candidate => !IsWorse(judge, candidate, first, SureStandardErrors))];
        foreach (Candidate candidate in open)
            best = Judged(judge, candidate, best) ?? best;
        return best;
    }

    /// <summary>Runs plans on the first samples; those that a part of them shows to be surely worse on no more.</summary>
    /// <returns>Both with the best first.</returns>
    private static (IReadOnlyList<Candidate> Left, IReadOnlyList<Candidate> GivenUp) Screened(
        PlanJudge judge,
        Candidate[] candidates,
        int samples
    )
    {
        int part = SearchBudget.FirstRound(samples);
        if (candidates.Length <= FinalPlans || part >= samples)
            return (Ranked(judge, Run(judge, candidates, samples)), []);
        IReadOnlyList<Candidate> ranked = Ranked(judge, Run(judge, candidates, part));
        Candidate[] givenUp = [.. ranked.Skip(FinalPlans).Where(candidate => IsWorse(judge, candidate, ranked[0], HopelessStandardErrors))];
        return (Ranked(judge, Run(judge, [.. ranked.Except(givenUp)], samples)), givenUp);
    }

    /// <summary>Those that run, with their errors on the first samples.</summary>
    private static Candidate[] Run(PlanJudge judge, IReadOnlyList<Candidate> candidates, int samples)
    {
        IReadOnlyList<OutputErrors?> errors = judge.Screen(
            [.. candidates.Select(candidate => candidate.Plan)],
            samples,
            [.. candidates.Select(candidate => candidate.Errors)]
        );
        return
        [
            .. candidates
                .Select((candidate, i) => candidate with { Errors = errors[i], Samples = samples })
                .Where(candidate => candidate.Errors is not null),
        ];
    }

    private static IReadOnlyList<Candidate> Ranked(PlanJudge judge, Candidate[] candidates) =>
        [.. candidates.OrderByDescending(candidate => judge.Reference.SqnrDb(candidate.Errors!, candidate.Samples))];

    /// <summary>Whether a plan makes more error than another on the samples that both were run on, by as many standard errors of the mean
    /// difference.</summary>
    private static bool IsWorse(PlanJudge judge, Candidate candidate, Candidate than, double standardErrors) =>
        PairedGain.StandardErrors(candidate.Errors!, than.Errors!, candidate.Samples, judge.Reference.Weights) >= standardErrors;

    /// <summary>Null where it is not better than the best so far, or its model cannot be run.</summary>
    private static PlanTrial? Judged(PlanJudge judge, Candidate candidate, PlanTrial? best)
    {
        IReadOnlyList<int> order = best is null ? judge.Order : judge.WorstFirst(best.Errors);
        return
            judge.Judge(candidate.Plan, best?.SqnrDb ?? double.NegativeInfinity, order, known: candidate.Errors) is { } errors
            && (best is null || judge.SqnrDb(errors) > best.SqnrDb)
            ? Trial(judge, candidate, errors)
            : null;
    }

    private static PlanTrial Trial(PlanJudge judge, Candidate candidate, OutputErrors errors) =>
        new(candidate.Selector, candidate.WeightRanges, candidate.Plan, errors, judge.SqnrDb(errors));

    /// <summary>On the first samples, where those that were not given up can be compared; what was taken on all of them, too.</summary>
    private static IReadOnlyList<JudgedCandidate> Told(PlanJudge judge, IReadOnlyList<Candidate> candidates, PlanTrial best)
    {
        List<JudgedCandidate> told =
        [
            .. candidates.Select(candidate => new JudgedCandidate(
                $"{candidate.Selector.Name}, weights by {WeightWords.Ranges.WordOf(candidate.WeightRanges)}",
                judge.Reference.SqnrDb(candidate.Errors!, candidate.Samples),
                candidate.Samples,
                IsTaken: candidate.Selector.Name == best.Selector.Name && candidate.WeightRanges == best.WeightRanges
            )),
        ];
        if (told.Find(candidate => candidate.IsTaken) is { } taken && taken.Samples < judge.Reference.Count)
            told.Add(taken with { SqnrDb = best.SqnrDb, Samples = judge.Reference.Count });
        return told;
    }

    /// <param name="Errors">Of the first <paramref name="Samples"/>; null before they were run.</param>
    private sealed record Candidate(
        IRangeSelector Selector,
        WeightRangeMethod WeightRanges,
        QuantizationPlan Plan,
        OutputErrors? Errors = null,
        int Samples = 0
    );
}
