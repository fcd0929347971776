using Quantizer.Samples;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>
/// Chooses the candidate under which a classifier is right most often, where pictures have classes, and of those that are right about as
/// often the one under which the right classes are likeliest (<see cref="LikelihoodTest"/>). Where that leaves the scale open, the one
/// under which it is surest of each picture and of different things (mutual information), where it has ten classes or more. What all
/// leave open is a doubt of the verdict.
/// </summary>
internal static class ClassTest
{
    private const int FirstPictures = 16;

    /// <summary>More only while the decision is narrow.</summary>
    private static readonly int[] Looks = [64, 128, 256];

    /// <summary>A candidate that is clearly worse on the first pictures and below this share of the best one's score does not come
    /// back.</summary>
    private const double HopelessShare = 0.5;

    /// <summary>With fewer classes mutual information misleads: it named the wrong one of a two-class network.</summary>
    private const int LeastClasses = 10;

    /// <summary>Answers to fewer pictures differ by chance alone.</summary>
    private const int LeastPictures = 16;

    /// <summary>With as many pictures as classes, or this many, mutual information is what it would be with more.</summary>
    private const int EnoughPictures = 100;

    /// <summary>Below this share of the maximum no candidate means anything to the network: garbage measured 0.00 to 0.03 where it was
    /// told apart at all.</summary>
    private const double LeastInformation = 0.1;

    /// <summary>The same with few pictures, which are all different for a network that understands them.</summary>
    private const double LeastInformationOfFew = 0.3;

    /// <summary>Hits above chance in standard deviations before class folders are believed to be the model's classes.</summary>
    private const double ChanceDeviations = 4;

    /// <summary>The verdict and what it goes by; null when the outputs are no class scores or do not tell.</summary>
    /// <param name="mayInform">False where the outputs are class scores only if they are often right.</param>
    public static (Verdict Verdict, ChoiceGround ChosenBy)? Decide(
        IReadOnlyList<PreparationCandidate> candidates,
        PreparationProbes probes,
        PictureInput input,
        TrialPictures pictures,
        SampleWorkers workers,
        bool mayInform = true
    )
    {
        List<Trial<ClassAnswer?>> trials =
        [
            .. candidates.Select(candidate => new Trial<ClassAnswer?>(
                candidate,
                input.Type,
                prepared => ClassAnswer.Of(probes.FirstOutput!(prepared), prepared, input.Layout)
            )),
        ];
        // Most networks tell by one picture whether they have classes.
        foreach (int count in (int[])[1, FirstPictures])
        {
            foreach (Trial<ClassAnswer?> trial in trials)
                trial.Ask(pictures.First(count), workers);
            if (trials.TrueForAll(trial => trial.Answers.All(answer => answer is null)))
                return null;
        }

        IReadOnlyList<LoadedPicture> first = pictures.First(FirstPictures);
        ClassAnswer some = trials.SelectMany(trial => trial.Answers).OfType<ClassAnswer>().First();
        int classes = some.Classes;
        // A label that is no class of the model says that the folders are not its classes.
        bool mayBeClasses =
            some.Places.Count == 1 && first.Any(picture => picture.Label is not null) && first.All(picture => !(picture.Label >= classes));
        Verdict? right = mayBeClasses ? ByAccuracy(trials, pictures, classes, workers) : null;
        if (right is { Contenders.Count: > 1 })
        {
            trials.RemoveAll(trial => right.Contenders.All(contender => contender.Candidate != trial.Candidate));
            Verdict? likely = LikelihoodTest.Decide(trials, pictures, workers);
            if (likely is { Doubt: not Verdict.Scale })
            {
                return right.Doubt == Verdict.Scale
                    ? (likely, ChoiceGround.ClassLikelihood)
                    : (right.SettledBy(likely), ChoiceGround.ClassAccuracy);
            }
            if (likely is not null)
            {
                trials.RemoveAll(trial => likely.Contenders.All(contender => contender.Candidate != trial.Candidate));
                right = right with { Level = likely.Level };
            }
        }
        if (right is not null and not { Doubt: Verdict.Scale })
            return (right, ChoiceGround.ClassAccuracy);
        Verdict? sure = classes < LeastClasses || !mayInform ? null : ByInformation(trials, pictures, classes, workers);
        if (right is not null && sure is not { Doubt: not Verdict.Scale })
        {
            return (
                right with
                {
                    Level = [.. right.Level.Where(candidate => sure?.Level.Contains(candidate) != false)],
                },
                ChoiceGround.ClassAccuracy
            );
        }

        return sure is null ? null : (sure, ChoiceGround.MutualInformation);
    }

    private static Verdict? ByAccuracy(List<Trial<ClassAnswer?>> trials, TrialPictures pictures, int classes, SampleWorkers workers)
    {
        Verdict verdict = Rounds(
            trials,
            pictures,
            workers,
            (trial, shown) => ClassAnswer.Hits(trial.Candidate, trial.Answers, shown),
            (one, other) => one.IsMoreOftenRight(other),
            (one, other) => one.IsMoreOftenRightSoFar(other)
        );
        IReadOnlyList<LoadedPicture> used = pictures.First(verdict.Pictures);
        if (used.Any(picture => picture.Label >= classes))
            return null;
        int labelled = used.Count(picture => picture.Label is not null);
        double chance = (double)labelled / classes;
        return verdict.Score * labelled > chance + ChanceDeviations * Math.Sqrt(chance * (1 - 1.0 / classes)) ? verdict : null;
    }

    private static Verdict? ByInformation(List<Trial<ClassAnswer?>> trials, TrialPictures pictures, int classes, SampleWorkers workers)
    {
        int enough = Math.Min(classes, EnoughPictures);
        Verdict verdict = Rounds(
            trials,
            pictures,
            workers,
            Information,
            (one, other) => one.IsLarger(other, one.PerPicture.Count < enough ? Verdict.OverwhelmingRatio : Verdict.NarrowRatio),
            (one, other) => one.IsAhead(other)
        );
        if (verdict.Pictures < LeastPictures)
            return null;
        return verdict.Score >= (verdict.Pictures < enough ? LeastInformationOfFew : LeastInformation) ? verdict : null;
    }

    /// <summary>Tries the candidates on many pictures; where that leaves the decision narrow, on more those that are not clearly
    /// behind, and the best of the others for comparison.</summary>
    private static Verdict Rounds(
        List<Trial<ClassAnswer?>> trials,
        TrialPictures pictures,
        SampleWorkers workers,
        Func<Trial<ClassAnswer?>, IReadOnlyList<LoadedPicture>, Showing> show,
        Func<Showing, Showing, bool> isClear,
        Func<Showing, Showing, bool> isAhead
    )
    {
        IReadOnlyList<LoadedPicture> first = pictures.First(FirstPictures);
        foreach (Trial<ClassAnswer?> trial in trials)
            trial.Ask(first, workers);
        Showing[] shown = [.. trials.Select(trial => show(trial, first))];
        Showing best = shown.MaxBy(showing => showing.Score)!;
        List<Trial<ClassAnswer?>> kept =
        [
            .. trials
                .Zip(shown)
                .Where(pair => !(pair.Second.Score < best.Score * HopelessShare && isClear(best, pair.Second)))
                .Select(pair => pair.First),
        ];
        Verdict? verdict = null;
        foreach (int count in Looks)
        {
            IReadOnlyList<LoadedPicture> used = pictures.First(count);
            foreach (Trial<ClassAnswer?> trial in kept)
                trial.Ask(used, workers);
            verdict = Judge([.. kept.Select(trial => show(trial, used))], isClear, isAhead, used.Count);
            if (verdict.Doubt is null)
                break;
            kept.RemoveAll(trial =>
                trial.Candidate != verdict.RunnerUp && verdict.Contenders.All(contender => contender.Candidate != trial.Candidate)
            );
        }
        return verdict!;
    }

    private static Verdict Judge(
        IReadOnlyList<Showing> showings,
        Func<Showing, Showing, bool> isClear,
        Func<Showing, Showing, bool> isAhead,
        int pictures
    )
    {
        // Stable: the first of equals is the more customary.
        Showing[] ranking = [.. showings.OrderByDescending(showing => showing.Score)];
        Showing winner = ranking[0];
        Showing[] contenders = [.. ranking.Where(showing => showing == winner || !isClear(winner, showing))];
        string? doubt = Verdict.DoubtAmong(winner.Candidate, contenders.Select(showing => showing.Candidate));
        Showing? runnerUp = ranking.Skip(1).FirstOrDefault(showing => !Verdict.AreSame(showing.Candidate, winner.Candidate));
        return new Verdict(
            winner.Candidate,
            winner.Score,
            runnerUp?.Candidate,
            runnerUp?.Score,
            doubt,
            pictures,
            [.. contenders.Select(showing => (showing.Candidate, showing.Score))]
        )
        {
            Level = [.. contenders.Where(showing => !isAhead(winner, showing)).Select(showing => showing.Candidate)],
        };
    }

    private static Showing Information(Trial<ClassAnswer?> trial, IReadOnlyList<LoadedPicture> pictures)
    {
        ClassAnswer?[] answers = [.. trial.Answers.Take(pictures.Count)];
        return new Showing(
            trial.Candidate,
            answers.All(answer => answer is not null)
                ? ClassAnswer.Information([.. answers.OfType<ClassAnswer>()])
                : [.. answers.Select(_ => double.NegativeInfinity)]
        );
    }
}
