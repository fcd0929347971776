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

    /// <param name="candidates">Likeliest first.</param>
    /// <param name="acceptsGuess">The user's leave to go on with the likeliest where nothing tells.</param>
    /// <returns>The input at the size that was found, and how pictures are prepared at it.</returns>
    /// <exception cref="UsageException">Nothing tells the size, or how pictures are prepared, and the user does not accept a
    /// guess; the message lists the candidates.</exception>
    public (PictureInput Input, PreparationChoice Preparation) Find(IReadOnlyList<SizeCandidate> candidates, bool acceptsGuess)
    {
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
        SizeTest test = SizeTest.Run(running, Provisional(running).Preparation, pictures, probe, workers);
        IReadOnlyList<SizeCandidate> standing = test.Standing.Count > 0 ? test.Standing : running;
        SizeCandidate first = standing[0];
        if (test.Ground >= SizeGround.Normalizations && standing.Count == 1)
            return Settled(first, $"by the {test.Account}", isDoubtful: false);
        if (test.Ground >= SizeGround.Normalizations || first.IsEvidence)
        {
            string measured = test.Account.Length > 0 ? $"; the {test.Account} does not speak against it, and does not prove it" : "";
            return Settled(first, $"{first.Reason}{measured}: check it", isDoubtful: true);
        }
        if (!acceptsGuess)
            throw new UsageException(Question(standing, test));
        (PictureInput input, PreparationChoice choice) = Settled(first, "which is a guess", isDoubtful: true);
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

    /// <summary>The preparation that sizes are tried with: the values hardly depend on the size. Where nothing tells them at one size, the
    /// next is tried.</summary>
    private PreparationChoice Provisional(IReadOnlyList<SizeCandidate> running)
    {
        UsageException? first = null;
        foreach (SizeCandidate candidate in running.Take(MostPrepared))
        {
            try
            {
                return prepare(candidate.Input);
            }
            catch (UsageException undecided)
            {
                first ??= undecided;
            }
        }
        throw first!;
    }

    private (PictureInput Input, PreparationChoice Preparation) Settled(SizeCandidate size, string why, bool isDoubtful)
    {
        PreparationChoice choice = prepare(size.Input);
        return (
            size.Input,
            choice with
            {
                Explanation = $"{choice.Explanation} Their size, which the model leaves open, is {size.Name}: {why}.",
                Flags = size.Flag is null ? choice.Flags : $"{choice.Flags} {size.Flag}",
                Doubt = !isDoubtful ? choice.Doubt
                    : choice.Doubt is null ? Doubt
                    : $"{choice.Doubt} and the {Doubt}",
                IsSizeFound = true,
            }
        );
    }

    private string Question(IReadOnlyList<SizeCandidate> standing, SizeTest test)
    {
        SizeCandidate[] sayable = [.. standing.Where(candidate => candidate.Flag is not null)];
        int width = sayable.Select(candidate => candidate.Flag!.Length).Append(PictureOptions.Guess.Length + "--preset ".Length).Max();
        IEnumerable<string> lines = sayable.Select(candidate =>
            $"  {candidate.Flag!.PadRight(width)}  {candidate.Reason}{(test.MeasuredOf(candidate) is { } figure ? $" (measured {figure})" : "")}"
        );
        string finding =
            test.Account.Length == 0 ? "Nothing tells it." : $"The {test.Account} leaves {standing.Count} sizes, and does not tell them apart.";
        return $"""
            Input '{open.Name}' leaves the size of its pictures open, and a classifier wants the one that it was trained at. {finding} A wrong size makes a worthless result, so say the right one; likeliest first:
            {string.Join('\n', lines)}
              {$"--preset {PictureOptions.Guess}".PadRight(
                width
            )}  goes on with the first; every accuracy figure is then marked as resting on a guess
            """.ReplaceLineEndings("\n");
    }
}
