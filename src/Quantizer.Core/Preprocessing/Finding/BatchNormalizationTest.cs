using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Preprocessing.Finding;

/// <summary>
/// Chooses the candidate under which the input of the first BatchNormalization looks as it did in training: the smallest
/// median over channels of <see cref="NormalDistance"/>, and of its two channel orders that with the smaller mean over
/// channels, which tells them apart better.
/// </summary>
internal static class BatchNormalizationTest
{
    /// <summary>Pictures that suffice to drop the hopeless, and to decide. On five real models the right scale won by a factor of 7 to 1000.</summary>
    private const int FirstPictures = 16;
    private const int AllPictures = 64;

    /// <summary>A candidate that is this much worse on the first pictures does not come back.</summary>
    private const double HopelessRatio = 4;

    /// <summary>Above this none of the candidates fits: the right one measured 0.004 to 0.33 on eight models.</summary>
    private const double LargestFit = 0.5;

    /// <returns>Null when none fits.</returns>
    public static Verdict? Decide(
        IReadOnlyList<PreparationCandidate> candidates, BatchNormalizationProbe probe, ElementType inputType, TrialPictures pictures, TrialWorkers workers)
    {
        List<Trial<ChannelMoments>> trials = [.. candidates.Select(candidate => new Trial<ChannelMoments>(candidate, inputType, prepared =>
        {
            ChannelMoments moments = new(probe.Mean.Count);
            moments.Add(probe.Run(prepared));
            return moments;
        }))];
        List<Score> scores = Run(trials, pictures.First(FirstPictures), probe, workers);
        double best = scores.Min(score => score.Median);
        List<Score> hopeless = [.. scores.Where(score => !(score.Median <= best * HopelessRatio))];
        trials.RemoveAll(trial => hopeless.Any(score => score.Candidate == trial.Candidate));
        if (trials.Count == 0) return null;
        IReadOnlyList<LoadedPicture> all = pictures.First(AllPictures);
        return Judge([.. Run(trials, all, probe, workers), .. hopeless], all.Count);
    }

    private static List<Score> Run(List<Trial<ChannelMoments>> trials, IReadOnlyList<LoadedPicture> pictures, BatchNormalizationProbe probe, TrialWorkers workers)
    {
        List<Score> scores = [];
        foreach (Trial<ChannelMoments> trial in trials)
        {
            trial.Ask(pictures, workers);
            ChannelMoments sum = new(probe.Mean.Count);
            foreach (ChannelMoments moments in trial.Answers) sum.Add(moments);
            (double median, double mean) = NormalDistance.Over(sum, probe.Mean, probe.Variance);
            scores.Add(new Score(trial.Candidate, median, mean));
        }
        return scores;
    }

    private static Verdict? Judge(List<Score> scores, int pictures)
    {
        Score first = scores.MinBy(score => score.Median)!;
        if (!(first.Median <= LargestFit)) return null;
        // MinBy keeps the first of equals: the more customary order.
        Score winner = scores.Where(score => IsTwin(score, first)).MinBy(score => score.Mean)!;
        Score[] rivals = [.. scores.Where(score => score != winner && !Verdict.AreSame(score.Candidate, winner.Candidate))];
        Score? runnerUp = rivals.MinBy(score => score.Median);
        Score? twin = rivals.FirstOrDefault(score => IsTwin(score, winner));
        Score? otherValues = rivals.Where(score => !IsTwin(score, winner)).MinBy(score => score.Median);
        bool isScaleNarrow = otherValues is not null && otherValues.Median < first.Median * Verdict.NarrowRatio;
        bool isOrderNarrow = twin is not null && twin.Mean < winner.Mean * Verdict.NarrowRatio;
        string? doubt = isScaleNarrow ? "scale and mean" : isOrderNarrow ? "channel order" : null;
        return new Verdict(winner.Candidate, winner.Median, runnerUp?.Candidate, runnerUp?.Median, doubt, pictures);
    }

    /// <summary>The same values, in either channel order.</summary>
    private static bool IsTwin(Score one, Score other) => one.Candidate.Preset == other.Candidate.Preset;

    private sealed record Score(PreparationCandidate Candidate, double Median, double Mean);
}
