namespace Quantizer.Preprocessing.Discovery;

/// <summary>The preparation that was settled on, and why.</summary>
/// <param name="Preset">The preset's name, or "custom".</param>
/// <param name="ChosenBy">What it goes by.</param>
/// <param name="Score">
/// Of the winner: nats for batch-normalization (less is better), a share of 1 for class-accuracy, class-likelihood and
/// mutual-information (more is better); null when nothing was run.
/// </param>
/// <param name="RunnerUp">The second best, such as "imagenet in BGR".</param>
/// <param name="IsGuess">There was nothing to go by, so that no figure measured with it proves anything. Only by leave of the user where
/// scales differ.</param>
/// <param name="Doubt">What was decided narrowly, such as the channel order; null for nothing and for guesses. The user should
/// check.</param>
/// <param name="Explanation">A sentence for the user.</param>
/// <param name="Flags">The command line that fixes this choice.</param>
internal sealed record PreparationChoice(
    PicturePreparation Preparation,
    string Preset,
    ChoiceGround ChosenBy,
    double? Score,
    string? RunnerUp,
    double? RunnerUpScore,
    bool IsGuess,
    string? Doubt,
    string Explanation,
    string Flags
)
{
    /// <summary>The size was found out, too: the model leaves it open, and nothing was said of it.</summary>
    public bool IsSizeFound { get; init; }

    /// <summary>Of a guess: the command lines of those that were the next likeliest.</summary>
    public IReadOnlyList<string> OtherFlags { get; init; } = [];

    /// <param name="verdict">Null when nothing was run.</param>
    public static PreparationChoice Of(PreparationCandidate candidate, ChoiceGround chosenBy, Verdict? verdict, string explanation) =>
        new(
            candidate.Preparation.AsCustomarilyCropped(),
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
}
