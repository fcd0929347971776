using System.Globalization;
using Quantizer.Samples;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>
/// Finds out how a model wants its pictures. What the user says wins, then a <c>preprocessor_config.json</c>; what both leave
/// open is decided by the first of these that can: the statistics of the first BatchNormalization (where the channel order
/// stays open, with the help of the next), class accuracy, mutual information of picture and answer. Where none of them tells the
/// scale of the values, the likeliest preparation is a guess, which is only made if the user accepts one.
/// </summary>
internal static class PreparationFinder
{
    /// <param name="input">The model's picture input.</param>
    /// <param name="flags">What the user fixed.</param>
    /// <param name="config">What a <c>preprocessor_config.json</c> fixed; null where there is none.</param>
    /// <param name="pictures">Pictures like those that the model is for; at most 256 of them are decoded.</param>
    /// <param name="probes">Ways to ask the model; not used when nothing is open.</param>
    /// <param name="threads">0: one per core. The choice does not depend on it.</param>
    /// <exception cref="UsageException">Nothing tells the scale, and the user does not accept a guess; the message lists the
    /// candidates.</exception>
    /// <exception cref="QuantizationException">The wishes do not fit the input, no picture can be read, or the model fails on
    /// them.</exception>
    public static PreparationChoice Find(
        PictureInput input,
        PictureOptions flags,
        PictureOptions? config,
        PictureSet pictures,
        PreparationProbes probes,
        int threads,
        CancellationToken cancellation
    )
    {
        PictureOptions wishes = config is null ? flags : flags.Over(config with { Channels = config.Channels ?? CustomaryChannels(input) });
        IReadOnlyList<PreparationCandidate> candidates = CandidateTable.For(input, wishes);
        if (candidates.Count == 1)
            return Fixed(candidates[0], flags, config);
        SampleWorkers workers = new(threads, cancellation);
        TrialPictures trialPictures = new(pictures, candidates[0].Preparation.Geometry, workers);
        Verdict? remembered = probes.BatchNormalization is { } probe
            ? BatchNormalizationTest.Decide(candidates, probe, input.Type, trialPictures, workers)
            : null;
        if (remembered is not null and not { Doubt: Verdict.Scale })
        {
            return Found(
                remembered,
                ChoiceGround.BatchNormalization,
                SecondOpinion(remembered, candidates, probes, input, trialPictures, workers)
            );
        }

        (Verdict Verdict, ChoiceGround ChosenBy)? told = probes.ClassScores is null
            ? null
            : ClassTest.Decide(candidates, probes, input.Type, trialPictures, workers);
        if (told is { } clear && clear.Verdict.Doubt != Verdict.Scale)
            return Found(clear.Verdict, clear.ChosenBy);
        Undecided undecided = remembered is not null
            ? new Undecided(input, probes.Classes, candidates, remembered, ChoiceGround.BatchNormalization)
            : new Undecided(input, probes.Classes, candidates, told?.Verdict, told?.ChosenBy);
        if (undecided.IsScaleOpen && !flags.AcceptsGuess)
            throw new UsageException(undecided.Question);
        return Choice(undecided.Likeliest, ChoiceGround.Guess, null, undecided.Account);
    }

    /// <summary>
    /// Some first convolutions do not see colours (MobileNetV2's on CIFAR-10: both orders at 0.0005 after 512 pictures). What
    /// a classifier makes of them tells the order then.
    /// </summary>
    private static (Verdict Verdict, ChoiceGround ChosenBy)? SecondOpinion(
        Verdict first,
        IReadOnlyList<PreparationCandidate> candidates,
        PreparationProbes probes,
        PictureInput input,
        TrialPictures pictures,
        SampleWorkers workers
    )
    {
        if (first.Doubt != Verdict.ChannelOrder || probes.ClassScores is null)
            return null;
        PreparationCandidate[] orders = [.. candidates.Where(candidate => candidate.Preset == first.Winner.Preset)];
        return ClassTest.Decide(orders, probes, input.Type, pictures, workers);
    }

    /// <summary>Image processors work on RGB unless they say otherwise.</summary>
    private static ChannelOrder CustomaryChannels(PictureInput input) => input.Channels == 1 ? ChannelOrder.Gray : ChannelOrder.Rgb;

    private static PreparationChoice Fixed(PreparationCandidate candidate, PictureOptions flags, PictureOptions? config)
    {
        bool isByConfig = config is not null && !flags.SaysValues;
        return Choice(
            candidate,
            isByConfig ? ChoiceGround.PreprocessorConfig : ChoiceGround.Flags,
            null,
            isByConfig
                ? $"Pictures are prepared as {PreprocessorConfig.FileName} says."
                : $"Pictures are prepared as asked for: {candidate.Name}."
        );
    }

    private static PreparationChoice Found(Verdict verdict, ChoiceGround chosenBy, (Verdict Verdict, ChoiceGround ChosenBy)? second = null)
    {
        Verdict decided = second is null ? verdict : verdict.ChangedBy(second.Value.Verdict);
        string order = second is { } opinion ? $" The channel order was told by the {Account(opinion.Verdict, opinion.ChosenBy)}." : "";
        string doubt = decided.Doubt is { } narrow ? $" The {narrow} was decided narrowly: check it." : "";
        return Choice(
            decided.Winner,
            chosenBy,
            decided,
            $"Pictures are prepared as {decided.Winner.Name}, by the {Account(verdict, chosenBy)}.{order}{doubt}"
        );
    }

    /// <summary>What was measured, of whom: winner, runner-up and number of pictures.</summary>
    private static string Account(Verdict verdict, ChoiceGround chosenBy)
    {
        string runnerUp = verdict.RunnerUp is { } next ? $"; {next.Name}: {Figure(verdict.RunnerUpScore!.Value)}" : "";
        return $"{GroundWords.MeasureOf(chosenBy)} ({verdict.Winner.Name}: {Figure(verdict.Score)}{runnerUp}; {verdict.Pictures} pictures)";
    }

    private static PreparationChoice Choice(PreparationCandidate candidate, ChoiceGround chosenBy, Verdict? verdict, string explanation) =>
        new(
            candidate.Preparation,
            candidate.Preset,
            chosenBy,
            verdict?.Score,
            verdict?.RunnerUp?.Name,
            verdict?.RunnerUpScore,
            IsGuess: chosenBy == ChoiceGround.Guess,
            verdict?.Doubt,
            candidate.Preparation.Geometry.Own is { } own ? $"{explanation} {own.Account}" : explanation,
            PreparationFlags.For(candidate)
        );

    private static string Figure(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
