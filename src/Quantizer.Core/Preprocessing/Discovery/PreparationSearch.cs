using System.Globalization;
using Quantizer.Pictures;
using Quantizer.Samples;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>
/// Decides among candidates by the first of these that can, each with those that the one before could not tell apart: the statistics of
/// the first BatchNormalization (where the channel order stays open, with the help of the next), class accuracy, the probability of the
/// right classes, mutual information of picture and answer, what such networks are usually fed where the tests do not speak against it.
/// Where none of them tells the scale of the values, the likeliest preparation is a guess, which is only made if the user accepts one.
/// Of a model that prepares its pictures itself, the candidates differ in little more than the channel order.
/// </summary>
internal sealed class PreparationSearch(
    PictureInput input,
    IReadOnlyList<PreparationCandidate> candidates,
    PreparationProbes probes,
    TrialPictures pictures,
    SampleWorkers workers
)
{
    /// <param name="kind">Of network, as far as its shapes tell.</param>
    /// <param name="acceptsGuess">The user's leave.</param>
    /// <exception cref="UsageException">Nothing tells the scale, and the user does not accept a guess; the message lists the
    /// candidates.</exception>
    public PreparationChoice Find(NetworkKind kind, bool acceptsGuess)
    {
        if (probes.BuiltIn is not { } builtIn)
            return FindByPictures(kind, acceptsGuess);
        PreparationChoice choice =
            candidates.Count == 1 ? builtIn.Choose(candidates[0], isOrderOpen: false) : FindByPictures(kind, acceptsGuess);
        return choice with { Explanation = $"{builtIn.Account} {choice.Explanation}" };
    }

    private PreparationChoice FindByPictures(NetworkKind kind, bool acceptsGuess)
    {
        Verdict? remembered = probes.BatchNormalization is { } probe
            ? BatchNormalizationTest.Decide(candidates, probe, input.Type, pictures, workers)
            : null;
        if (remembered is not null and not { Doubt: Verdict.Scale })
            return Found(remembered, ChoiceGround.BatchNormalization, SecondOpinion(remembered));
        IReadOnlyList<PreparationCandidate> open = remembered is null
            ? candidates
            : [.. candidates.Where(candidate => remembered.Contenders.Any(contender => contender.Candidate == candidate))];
        (NetworkKind? other, (Verdict Verdict, ChoiceGround ChosenBy)? told) = probes.FirstOutput is null ? default : AsClassifier(open);
        kind = other ?? kind;
        if (told is { } clear && clear.Verdict.Doubt != Verdict.Scale)
            return Found(clear.Verdict, clear.ChosenBy);
        if (told is not null && probes.Classes == 0 && kind.IsUnknown)
            kind = NetworkKind.Segmenter;
        if (told is null && remembered is null && probes is { FirstOutput: not null, BuiltIn: null } && kind.IsUnknown)
        {
            if (DetectionTest.Decide(open, probes, input, pictures, workers) is { } detected)
                (kind, told) = (NetworkKind.PixelDetector, (detected, ChoiceGround.Customary));
        }
        if (told is null && remembered is not null)
            told = (remembered, ChoiceGround.BatchNormalization);
        if (told is null && probes.BuiltIn is { } builtIn && candidates.All(candidate => Verdict.AreAlike(candidate, candidates[0])))
            return builtIn.Choose(candidates[0], isOrderOpen: true);
        if (told is { } measured && CustomaryPreparations.Decide(candidates, measured.Verdict, kind) is { } usual)
            return Usual(usual, measured.ChosenBy, kind);
        Undecided undecided = new(kind, candidates, told?.Verdict, told?.ChosenBy) { Remark = probes.Remark };
        if (undecided.IsScaleOpen && !acceptsGuess)
            throw new UsageException(undecided.Question) { Candidates = undecided.Candidates };
        return undecided.Guess;
    }

    /// <summary>The choice, resized as pictures with classes tell.</summary>
    public PreparationChoice Resized(PreparationChoice choice)
    {
        bool isCrop = choice.Preparation.Geometry.Resize == ResizeConvention.Crop;
        PreparationCandidate candidate = new(choice.Preset, choice.Preparation);
        if (ResizeTest.Decide(candidate, probes, input, pictures, workers) is { } told)
        {
            return choice with
            {
                Preparation = told.Preparation,
                Explanation = choice.Explanation + told.Account,
                Flags = PreparationFlags.For(candidate with { Preparation = told.Preparation }),
            };
        }

        return isCrop
            ? choice with
            {
                Explanation = choice.Explanation + " Their middle is cut out (--resize crop), which is customary for such networks.",
            }
            : choice;
    }

    /// <summary>
    /// Some first convolutions do not see colours (MobileNetV2's on CIFAR-10: both orders at 0.0005 after 512 pictures). What
    /// a classifier makes of them tells the order then.
    /// </summary>
    private (Verdict Verdict, ChoiceGround ChosenBy)? SecondOpinion(Verdict first)
    {
        if (first.Doubt != Verdict.ChannelOrder || probes.FirstOutput is null)
            return null;
        PreparationCandidate[] orders = [.. candidates.Where(candidate => candidate.Preset == first.Winner.Preset)];
        return AsClassifier(orders).Told;
    }

    /// <summary>What kind it is if no classifier, and what its answers tell as class scores: of another kind only where pictures have
    /// classes, so that accuracy tells whether these are their scores.</summary>
    private (NetworkKind? Other, (Verdict Verdict, ChoiceGround ChosenBy)? Told) AsClassifier(IReadOnlyList<PreparationCandidate> open)
    {
        NetworkKind? other = OtherKindTest.Of(open, probes, input, pictures, workers);
        bool mayTell = other is null || pictures.HasLabels;
        return (other, mayTell ? ClassTest.Decide(open, probes, input, pictures, workers, mayInform: other is null) : null);
    }

    private PreparationChoice Found(Verdict verdict, ChoiceGround chosenBy, (Verdict Verdict, ChoiceGround ChosenBy)? second = null)
    {
        Verdict decided = second is null ? verdict : verdict.ChangedBy(second.Value.Verdict);
        string order = second is { } opinion ? $" The channel order was told by the {Account(opinion.Verdict, opinion.ChosenBy)}." : "";
        if (probes.Custom?.Among(decided) is { } usual)
            return AsCustomary(usual, decided, verdict, chosenBy);
        string doubt = decided.Doubt is { } narrow ? $" The {narrow} was decided narrowly: check it." : "";
        return PreparationChoice.Of(
            decided.Winner,
            chosenBy,
            decided,
            $"Pictures are prepared as {decided.Winner.Name}, by the {Account(verdict, chosenBy)}.{verdict.Settlement}{order}{doubt}"
        );
    }

    /// <summary>What no test told is taken from the custom of the model's maker.</summary>
    private PreparationChoice AsCustomary(PreparationCandidate usual, Verdict decided, Verdict measured, ChoiceGround measuredBy)
    {
        Verdict chosen = decided with
        {
            Winner = usual,
            Score = decided.Contenders.First(contender => contender.Candidate == usual).Score,
            RunnerUp = usual == decided.Winner ? decided.RunnerUp : decided.Winner,
            RunnerUpScore = usual == decided.Winner ? decided.RunnerUpScore : decided.Score,
        };
        PreparationCandidate written = ExporterCustom.AsWritten(usual);
        string places =
            written == usual ? "" : ", whose mean of red is that of blue there and the other way round, as their program has it";
        return PreparationChoice.Of(
            written,
            ChoiceGround.Customary,
            chosen,
            $"Pictures are prepared as {usual.Name}{places}: the values by the {Account(measured, measuredBy)}, which leaves the channel "
                + $"order open; {PictureWords.Of(usual.Preparation.Channels).ToUpperInvariant()} is customary for "
                + $"{probes.Custom!.Name}: check it."
        );
    }

    private static PreparationChoice Usual(Verdict verdict, ChoiceGround measuredBy, NetworkKind kind) =>
        PreparationChoice.Of(
            verdict.Winner,
            ChoiceGround.Customary,
            verdict,
            $"Pictures are prepared as {verdict.Winner.Name}, which is customary for {kind.Name}; the {Account(verdict, measuredBy)} does not "
                + $"speak against it, and does not prove it: check it."
        );

    /// <summary>What was measured, of whom: winner, runner-up and number of pictures.</summary>
    private static string Account(Verdict verdict, ChoiceGround chosenBy)
    {
        string runnerUp = verdict.RunnerUp is { } next ? $"; {next.Name}: {Figure(verdict.RunnerUpScore!.Value)}" : "";
        return $"{GroundWords.MeasureOf(chosenBy)} ({verdict.Winner.Name}: {Figure(verdict.Score)}{runnerUp}; {verdict.Pictures} pictures)";
    }

    private static string Figure(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
