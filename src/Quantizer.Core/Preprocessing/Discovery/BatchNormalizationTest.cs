using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>
/// Chooses the candidate under which the input of the first BatchNormalization looks as it did in training: the smallest
/// median over channels of <see cref="NormalDistance"/>, and of its two channel orders that with the smaller mean over
/// channels, which tells them apart better; the customary one when that is narrow, or the median says otherwise (a network of faces was
/// calibrated in BGR by the mean, where it wants RGB).
/// </summary>
internal static class BatchNormalizationTest
{
    /// <summary>Pictures that suffice to drop the hopeless, and to decide. On five real models the right scale won by a factor of 7 to
    /// 1000.</summary>
    private const int FirstPictures = 16;
    private const int ManyPictures = 64;

    /// <summary>Only if the decision is narrow with fewer: the sampling error of 64 pictures can hide the channel order.</summary>
    private const int AllPictures = 256;

    /// <summary>A candidate that is this much worse on the first pictures does not come back.</summary>
    private const double HopelessRatio = 4;

    /// <summary>Above this none of the candidates fits: the right one measured 0.004 to 0.33 on eight models.</summary>
    private const double LargestFit = 0.5;

    /// <summary>Smaller differences are sampling error whatever their ratio: two orders of a colour-blind network measured 0.0054 and
    /// 0.0051.</summary>
    private const double LeastDifference = 1e-3;

    /// <summary>Distances that differ by less would change places with other pictures: sampled twice, they differ by a tenth.</summary>
    private const double LevelRatio = 1.05;

    /// <returns>Null when none fits.</returns>
    public static Verdict? Decide(
        IReadOnlyList<PreparationCandidate> candidates,
        BatchNormalizationProbe probe,
        ElementType inputType,
        TrialPictures pictures,
        SampleWorkers workers
    )
    {
        List<Trial<ChannelMoments>> trials =
        [
            .. candidates.Select(candidate => new Trial<ChannelMoments>(
                candidate,
                inputType,
                prepared =>
                {
                    ChannelMoments moments = new(probe.Mean.Count);
                    moments.Add(probe.Run(prepared));
                    return moments;
                }
            )),
        ];
        List<Score> scores = Run(trials, pictures.First(FirstPictures), probe, workers);
        double best = scores.Min(score => score.Median);
        List<Score> hopeless = [.. scores.Where(score => !(score.Median <= best * HopelessRatio))];
        trials.RemoveAll(trial => hopeless.Any(score => score.Candidate == trial.Candidate));
        if (trials.Count == 0)
            return null;
        Verdict? verdict = null;
        foreach (int count in (int[])[ManyPictures, AllPictures])
        {
            IReadOnlyList<LoadedPicture> seen = pictures.First(count);
            verdict = Judge([.. Run(trials, seen, probe, workers), .. hopeless], seen.Count);
            if (verdict is { Doubt: null })
                break;
        }
        return verdict;
    }

    private static List<Score> Run(
        List<Trial<ChannelMoments>> trials,
        IReadOnlyList<LoadedPicture> pictures,
        BatchNormalizationProbe probe,
        SampleWorkers workers
    )
    {
        List<Score> scores = [];
        foreach (Trial<ChannelMoments> trial in trials)
        {
            trial.Ask(pictures, workers);
            ChannelMoments sum = new(probe.Mean.Count);
            foreach (ChannelMoments moments in trial.Answers)
                sum.Add(moments);
            (double median, double mean) = NormalDistance.Over(sum, probe.Mean, probe.Variance);
            scores.Add(new Score(trial.Candidate, median, mean));
        }
        return scores;
    }

    private static Verdict? Judge(List<Score> scores, int pictures)
    {
        Score first = scores.MinBy(score => score.Median)!;
        if (!(first.Median <= LargestFit))
            return null;
        Score[] orders = [.. scores.Where(score => IsTwin(score, first))];
        Score bestOrder = orders.MinBy(score => score.Mean)!;
        // Candidates come with the more customary order first: it takes more than a narrow lead to leave it, and that both agree.
        bool isAgreed = bestOrder.Median <= orders.Min(score => score.Median);
        Score winner = isAgreed ? orders.First(score => IsNear(score.Mean, bestOrder.Mean, Verdict.NarrowRatio)) : orders[0];
        double ratio = pictures < ManyPictures ? Verdict.OverwhelmingRatio : Verdict.NarrowRatio;
        Score[] contenders =
        [
            winner,
            .. scores
                .Where(score =>
                    score != winner
                    && (
                        IsTwin(score, winner)
                            ? !isAgreed || IsNear(score.Mean, winner.Mean, Verdict.NarrowRatio)
                            : IsNear(score.Median, first.Median, ratio)
                    )
                )
                .OrderBy(score => score.Median),
        ];
        string? doubt = Verdict.DoubtAmong(winner.Candidate, contenders.Select(score => score.Candidate));
        Score[] rivals = [.. scores.Where(score => score != winner && !Verdict.AreSame(score.Candidate, winner.Candidate))];
        Score? runnerUp =
            doubt == Verdict.ChannelOrder ? rivals.FirstOrDefault(score => IsTwin(score, winner)) : rivals.MinBy(score => score.Median);
        return new Verdict(
            winner.Candidate,
            winner.Median,
            runnerUp?.Candidate,
            runnerUp?.Median,
            doubt,
            pictures,
            [.. contenders.Select(score => (score.Candidate, score.Median))]
        )
        {
            Level = [.. contenders.Where(score => IsNear(score.Median, first.Median, LevelRatio)).Select(score => score.Candidate)],
        };
    }

    private static bool IsNear(double distance, double least, double ratio) => distance < least * ratio + LeastDifference;

    /// <summary>The same values, in either channel order.</summary>
    private static bool IsTwin(Score one, Score other) => one.Candidate.Preset == other.Candidate.Preset;

    private sealed record Score(PreparationCandidate Candidate, double Median, double Mean);
}
