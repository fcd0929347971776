using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>
/// Chooses the candidate under which a classifier is right most often, where pictures have classes; else that under which
/// it is surest of each picture and of different things (mutual information), where it has ten classes or more.
/// </summary>
internal static class ClassTest
{
    private const int FirstPictures = 16;
    private const int ManyPictures = 64;

    /// <summary>Only if the decision is narrow with fewer.</summary>
    private const int AllPictures = 128;

    /// <summary>A candidate below this share of the best one's score on the first pictures does not come back.</summary>
    private const double HopelessShare = 0.5;

    /// <summary>With fewer classes mutual information misleads: it named the wrong one of a two-class network.</summary>
    private const int LeastClasses = 10;

    /// <summary>It wants as many pictures as classes, or this many.</summary>
    private const int EnoughPictures = 100;

    /// <summary>Below this share of the maximum no candidate means anything to the network: garbage measured 0.00 to 0.03 where it was told apart at all.</summary>
    private const double LeastInformation = 0.1;

    /// <summary>Hits above chance in standard deviations before class folders are believed to be the model's classes.</summary>
    private const double ChanceDeviations = 4;

    /// <summary>The verdict and what it goes by; null when the outputs are no class scores or do not tell.</summary>
    public static (Verdict Verdict, ChoiceGround ChosenBy)? Decide(
        IReadOnlyList<PreparationCandidate> candidates, PreparationProbes probes, ElementType inputType, TrialPictures pictures, TrialWorkers workers)
    {
        List<Trial<double[]?>> trials = [.. candidates.Select(candidate =>
            new Trial<double[]?>(candidate, inputType, prepared => ClassProbabilities.Probabilities(probes.ClassScores!(prepared))))];
        IReadOnlyList<LoadedPicture> first = pictures.First(FirstPictures);
        foreach (Trial<double[]?> trial in trials) trial.Ask(first, workers);
        if (trials.SelectMany(trial => trial.Answers).OfType<double[]>().FirstOrDefault()?.Length is not { } classes) return null;
        // A label that is no class of the model says that the folders are not its classes.
        bool mayBeClasses = first.Any(picture => picture.Label is not null) && first.All(picture => !(picture.Label >= classes));
        if (mayBeClasses && ByAccuracy(Kept(trials, trial => Hits(trial, first)), pictures, classes, workers) is { } accuracy)
            return (accuracy, ChoiceGround.ClassAccuracy);
        if (classes < LeastClasses) return null;
        return ByInformation(Kept(trials, Information), pictures, classes, workers) is { } information ? (information, ChoiceGround.MutualInformation) : null;
    }

    private static Verdict? ByAccuracy(List<Trial<double[]?>> trials, TrialPictures pictures, int classes, TrialWorkers workers)
    {
        IReadOnlyList<LoadedPicture> used = Rounds(trials, pictures, workers, (trial, seen) => Hits(trial, seen));
        LoadedPicture[] labelled = [.. used.Where(picture => picture.Label is not null)];
        if (labelled.Length == 0 || labelled.Any(picture => picture.Label >= classes)) return null;
        double chance = (double)labelled.Length / classes;
        Verdict verdict = Judge(trials, trial => Hits(trial, used) / labelled.Length, labelled.Length);
        return verdict.Score * labelled.Length > chance + ChanceDeviations * Math.Sqrt(chance * (1 - 1.0 / classes)) ? verdict : null;
    }

    private static Verdict? ByInformation(List<Trial<double[]?>> trials, TrialPictures pictures, int classes, TrialWorkers workers)
    {
        IReadOnlyList<LoadedPicture> used = Rounds(trials, pictures, workers, (trial, _) => Information(trial), Math.Min(classes, EnoughPictures));
        if (used.Count < Math.Min(classes, EnoughPictures)) return null;
        Verdict verdict = Judge(trials, Information, used.Count);
        return verdict.Score >= LeastInformation ? verdict : null;
    }

    /// <summary>Tries the candidates on many pictures, and on all when that leaves the decision narrow or too few for the test.</summary>
    private static IReadOnlyList<LoadedPicture> Rounds(
        List<Trial<double[]?>> trials, TrialPictures pictures, TrialWorkers workers, Func<Trial<double[]?>, IReadOnlyList<LoadedPicture>, double> score, int least = 0)
    {
        IReadOnlyList<LoadedPicture> used = [];
        foreach (int count in (int[])[ManyPictures, AllPictures])
        {
            used = [.. pictures.First(count)];
            foreach (Trial<double[]?> trial in trials) trial.Ask(used, workers);
            if (used.Count >= least && Judge(trials, trial => score(trial, used), used.Count).Doubt is null) break;
        }
        return used;
    }

    private static List<Trial<double[]?>> Kept(List<Trial<double[]?>> trials, Func<Trial<double[]?>, double> score)
    {
        double best = trials.Max(score);
        // Rounding can leave information a little below zero, of which a share would be more.
        double least = Math.Min(best, best * HopelessShare);
        return [.. trials.Where(trial => score(trial) >= least)];
    }

    private static Verdict Judge(List<Trial<double[]?>> trials, Func<Trial<double[]?>, double> score, int pictures)
    {
        // Stable: the first of equals is the more customary.
        (PreparationCandidate Candidate, double Score)[] ranking = [.. trials.Select(trial => (trial.Candidate, Score: score(trial))).OrderByDescending(entry => entry.Score)];
        (PreparationCandidate winner, double best) = ranking[0];
        foreach ((PreparationCandidate candidate, double second) in ranking.Skip(1))
        {
            if (Verdict.AreSame(candidate, winner)) continue;
            if (best >= second * Verdict.NarrowRatio) return new Verdict(winner, best, candidate, second, null, pictures);
            return new Verdict(winner, best, candidate, second, Verdict.AreAlike(candidate, winner) ? Verdict.ChannelOrder : Verdict.Scale, pictures);
        }
        return new Verdict(winner, best, null, null, null, pictures);
    }

    private static double Hits(Trial<double[]?> trial, IReadOnlyList<LoadedPicture> pictures) =>
        trial.Answers.Zip(pictures).Count(pair => pair.First is { } answer && pair.Second.Label is { } label && Array.IndexOf(answer, answer.Max()) == label);

    private static double Information(Trial<double[]?> trial) =>
        trial.Answers.All(answer => answer is not null) ? ClassProbabilities.MutualInformation([.. trial.Answers.Select(answer => answer!)]) : double.NegativeInfinity;
}
