using Quantizer.Samples;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>
/// Tells apart candidates under which a classifier is right about as often: by how probable it finds the right classes, which says
/// something of every picture and not only of those near a border. Candidates are compared on the same pictures; those clearly behind the
/// best drop out, and the rest are tried on more pictures.
/// </summary>
internal static class LikelihoodTest
{
    /// <summary>Each time twice as many: two of ResNet-20's candidates are 1.1 standard errors apart after 256 pictures, 3.0 after
    /// 2,000.</summary>
    private static readonly int[] Pictures = [256, 512, 1024, 2048];

    /// <summary>Pixels that may be kept for it: of 32 x 32 all of the pictures, of 224 x 224 no more than other tests decode.</summary>
    private const long MostBytes = 32L << 20;

    /// <summary>Logarithms of fewer pictures hang on one of them.</summary>
    private const int LeastPictures = 16;

    /// <summary>Smaller probabilities are noise, which must not decide alone: one in a million.</summary>
    private const double LeastProbability = 1e-6;

    /// <summary>Scores are geometric means of the right classes' probabilities. Null with too few labelled pictures.</summary>
    /// <param name="trials">Of candidates that accuracy does not tell apart.</param>
    public static Verdict? Decide(IReadOnlyList<Trial<ClassAnswer?>> trials, TrialPictures pictures, SampleWorkers workers)
    {
        long each = pictures.First(1)[0].Pixels.Data.Length;
        List<Trial<ClassAnswer?>> kept = [.. trials];
        Showing[] ranking = [];
        IReadOnlyList<LoadedPicture> used = [];
        foreach (int count in Pictures)
        {
            IReadOnlyList<LoadedPicture> more = pictures.First((int)Math.Min(count, Math.Max(Pictures[0], MostBytes / each)));
            if (more.Count == used.Count)
                break;
            used = more;
            foreach (Trial<ClassAnswer?> trial in kept)
                trial.Ask(used, workers);
            ranking = [.. kept.Select(trial => Likelihood(trial, used)).OrderByDescending(showing => showing.Score)];
            if (ranking[0].PerPicture.Count < LeastPictures)
                continue;
            kept.RemoveAll(trial => ranking.Any(showing => showing.Candidate == trial.Candidate && ranking[0].IsClearlyAhead(showing)));
            if (kept.Count == 1)
                break;
        }
        return ranking is [{ PerPicture.Count: >= LeastPictures }, ..] ? Judge(ranking, kept, used.Count) : null;
    }

    private static Verdict Judge(Showing[] ranking, List<Trial<ClassAnswer?>> kept, int pictures)
    {
        Showing winner = ranking[0];
        Showing[] contenders = [.. ranking.Where(showing => kept.Exists(trial => trial.Candidate == showing.Candidate))];
        Showing? runnerUp = ranking.ElementAtOrDefault(1);
        return new Verdict(
            winner.Candidate,
            Math.Exp(winner.Score),
            runnerUp?.Candidate,
            runnerUp is null ? null : Math.Exp(runnerUp.Score),
            Verdict.DoubtAmong(winner.Candidate, contenders.Select(showing => showing.Candidate)),
            pictures,
            [.. contenders.Select(showing => (showing.Candidate, Math.Exp(showing.Score)))]
        )
        {
            Level = [.. contenders.Where(showing => !winner.IsAhead(showing)).Select(showing => showing.Candidate)],
        };
    }

    private static Showing Likelihood(Trial<ClassAnswer?> trial, IReadOnlyList<LoadedPicture> pictures) =>
        ClassAnswer.ForLabelled(
            trial.Candidate,
            trial.Answers,
            pictures,
            (answer, label) => Math.Log(Math.Max(answer?.ElementAtOrDefault(label) ?? 0, LeastProbability))
        );
}
