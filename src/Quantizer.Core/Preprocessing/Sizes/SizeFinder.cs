using Quantizer.Pictures;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;

namespace Quantizer.Preprocessing.Sizes;

/// <summary>
/// Finds out at what size a classifier wants its pictures where it leaves width or height open: classifiers are trained on one size, and
/// understand others less. The size that it must be is the one that layers inside of the network can take; of several, what is left by
/// <see cref="SizeTest"/>, the likeliest first. Where that is not enough to go by, the user is asked.
/// </summary>
/// <param name="open">The input, with its open sides.</param>
/// <param name="prepare">Finds how pictures are prepared at a size; throws a <see cref="UsageException"/> where nothing tells.</param>
internal sealed class SizeFinder(
    PictureInput open,
    PictureSet pictures,
    SizeProbe probe,
    SampleWorkers workers,
    Func<PictureInput, PreparationChoice> prepare
)
{
    /// <summary>Preparations are not looked for at more sizes: each takes as long as all sizes for one preparation.</summary>
    private const int MostPrepared = 3;

    private const string Doubt = "size";

    /// <summary>At a size of more than half and less than twice the pixels of another, the same preparation is found, or none
    /// again.</summary>
    private const double SimilarPixels = 2;

    private readonly Dictionary<SizeCandidate, PreparationChoice> _prepared = [];
    private readonly List<(PreparationChoice Choice, SizeTest Test)> _tests = [];

    /// <param name="candidates">Likeliest first.</param>
    /// <param name="acceptsGuess">The user's leave to go on with the likeliest where nothing tells.</param>
    /// <returns>The input at the size that was found, and how pictures are prepared at it.</returns>
    /// <exception cref="UsageException">Nothing tells the size, or how pictures are prepared, and the user does not accept a
    /// guess; the message lists the candidates.</exception>
    public (PictureInput Input, PreparationChoice Preparation) Find(IReadOnlyList<SizeCandidate> candidates, bool acceptsGuess)
    {
        // Told here where no picture can be read.
        PictureGeometry any = candidates[0].Input.Geometry(new PictureOptions());
        new TrialPictures(pictures, any, workers, keep: false).First(1);
        SizeCandidate[] running = [.. candidates.Where(Runs)];
        if (running.Length == 0)
        {
            throw new UsageException(
                $"Input '{open.Name}' leaves the size of its pictures open, and the model runs at none of the usual ones "
                    + $"({string.Join(", ", candidates.Select(candidate => candidate.Name))}). Say the right one with --size WIDTHxHEIGHT."
            );
        }
        if (running.Length == 1)
            return Settled(running[0], $"the only one of {candidates.Count} tried that the model runs at", isDoubtful: false);
        SizeTest? test = Try(running);
        IReadOnlyList<SizeCandidate> standing = test?.Standing ?? running;
        SizeCandidate chosen = test?.Chosen ?? running[0];
        bool isMeasured = test?.Ground >= SizeGround.Normalizations;
        if (isMeasured && standing.Count == 1)
            return Settled(chosen, $"by the {test!.Account}", isDoubtful: false);
        if (isMeasured || chosen.IsEvidence)
        {
            string measured = test is { Account.Length: > 0 }
                ? $"; the {test.Account} does not speak against it, and does not prove it"
                : "";
            return Settled(chosen, $"{chosen.Reason}{measured}: check it", isDoubtful: true);
        }
        SizeCandidate[] ranking = [.. standing, .. running.Except(standing)];
        if (!acceptsGuess)
            throw Question(ranking);
        (PictureInput input, PreparationChoice choice) = Settled(ranking[0], "which is a guess", isDoubtful: true);
        return (input, choice with { IsGuess = true });
    }

    /// <summary>Whether the model takes the first picture at this size, however its values are prepared.</summary>
    private bool Runs(SizeCandidate candidate)
    {
        PreparationCandidate any = CandidateTable.For(candidate.Input, new PictureOptions())[0];
        SizeTrial trial = new(candidate, any.Preparation, pictures, probe);
        for (int count = 1; trial is { Runs: true, Pictures: 0 } && count <= pictures.Count; count++)
            trial.Ask(count, workers);
        return trial is { Runs: true, Pictures: > 0 };
    }

    /// <summary>
    /// Tries the sizes with the preparation that is found at the likeliest. At a wrong size a wrong one may be found, or none: where the
    /// test cannot tell the sizes with it, that of the next size is taken.
    /// </summary>
    /// <returns>The last test, or the first that tells; null where no size runs all pictures.</returns>
    /// <exception cref="UsageException">Nothing tells the preparation at any of them.</exception>
    private SizeTest? Try(IReadOnlyList<SizeCandidate> running)
    {
        SizeTest? last = null;
        UsageException? undecided = null;
        List<SizeCandidate> tried = [];
        foreach (SizeCandidate candidate in running.Take(MostPrepared))
        {
            if (tried.Exists(other => AreSimilar(candidate, other)))
                continue;
            tried.Add(candidate);
            try
            {
                SizeTest test = Try(candidate, running);
                if (test.Standing.Count > 0)
                    last = test;
                if (test.Ground >= SizeGround.Normalizations || candidate.IsEvidence)
                    return last;
            }
            catch (UsageException error) when (!candidate.IsEvidence)
            {
                undecided ??= error;
            }
        }
        return last is null && undecided is not null ? throw undecided : last;
    }

    /// <summary>With the preparation at one size; where that tells another size at which the preparation is another, with that.</summary>
    private SizeTest Try(SizeCandidate at, IReadOnlyList<SizeCandidate> running)
    {
        PreparationChoice first = Prepare(at);
        SizeTest test = Tested(first, running);
        if (test.Ground < SizeGround.Normalizations || test.Chosen == at)
            return test;
        PreparationChoice second = Prepare(test.Chosen);
        return Verdict.AreSame(new(first.Preset, first.Preparation), new(second.Preset, second.Preparation))
            ? test
            : Tested(second, running);
    }

    /// <summary>Preparations that are as good as the same are tested once.</summary>
    private SizeTest Tested(PreparationChoice choice, IReadOnlyList<SizeCandidate> running)
    {
        PreparationCandidate asked = new(choice.Preset, choice.Preparation);
        PictureGeometry geometry = asked.Preparation.Geometry;
        foreach ((PreparationChoice before, SizeTest known) in _tests)
        {
            PictureGeometry other = before.Preparation.Geometry;
            bool isSame =
                Verdict.AreSame(asked, new(before.Preset, before.Preparation))
                && (geometry.Resize, geometry.Interpolation, geometry.CropRatio) == (other.Resize, other.Interpolation, other.CropRatio);
            if (isSame)
                return known;
        }
        SizeTest test = SizeTest.Run(running, choice.Preparation, pictures, probe, workers);
        _tests.Add((choice, test));
        return test;
    }

    private static bool AreSimilar(SizeCandidate one, SizeCandidate other) =>
        Math.Max(one.Pixels, other.Pixels) < SimilarPixels * Math.Min(one.Pixels, other.Pixels);

    private PreparationChoice Prepare(SizeCandidate candidate)
    {
        if (!_prepared.TryGetValue(candidate, out PreparationChoice? choice))
            _prepared[candidate] = choice = prepare(candidate.Input);
        return choice;
    }

    private (PictureInput Input, PreparationChoice Preparation) Settled(SizeCandidate size, string why, bool isDoubtful)
    {
        PreparationChoice choice = Prepare(size);
        return (
            size.Input,
            choice with
            {
                Explanation = $"{choice.Explanation} Their size, which the model leaves open, is {size.Name}: {why}.",
                Flags = size.Flag is null ? choice.Flags : $"{choice.Flags} {size.Flag}",
                Doubt =
                    !isDoubtful ? choice.Doubt
                    : choice.Doubt is null ? Doubt
                    : $"{choice.Doubt} and the {Doubt}",
                IsSizeFound = true,
            }
        );
    }

    private UsageException Question(IReadOnlyList<SizeCandidate> ranking)
    {
        SizeCandidate[] sayable = [.. ranking.Where(candidate => candidate.Flag is not null)];
        string guess = $"--preset {PictureOptions.Guess}";
        int width = sayable.Select(candidate => candidate.Flag!.Length).Append(guess.Length).Max();
        string[] lines = [.. sayable.Select(candidate => $"{candidate.Flag!.PadRight(width)}  {candidate.Reason}")];
        string goesOn = $"{guess.PadRight(width)}  goes on with the first; every accuracy figure is then marked as resting on a guess";
        return new UsageException(
            $"Input '{open.Name}' leaves the size of its pictures open, and nothing tells at which one the classifier was trained. A "
                + "wrong size makes a worthless result, so say the right one; likeliest first:\n"
                + string.Join('\n', lines.Append(goesOn).Select(line => $"  {line}"))
        )
        {
            Candidates = lines,
        };
    }
}
