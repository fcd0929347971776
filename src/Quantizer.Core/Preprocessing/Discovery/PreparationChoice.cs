namespace Quantizer.Preprocessing.Discovery;

/// <summary>The preparation that was settled on, and why.</summary>
/// <param name="Preset">The preset's name, or "custom".</param>
/// <param name="ChosenBy">What it goes by.</param>
/// <param name="Score">
/// Of the winner: nats for batch-normalization (less is better), a share of 1 for class-accuracy and mutual-information (more
/// is better); null when nothing was run.
/// </param>
/// <param name="RunnerUp">The second best, such as "imagenet in BGR".</param>
/// <param name="IsGuess">The win was narrow, or there was nothing to go by: the user should check.</param>
/// <param name="Explanation">A sentence for the user.</param>
/// <param name="Flags">The command line that fixes this choice.</param>
internal sealed record PreparationChoice(
    PicturePreparation Preparation, string Preset, ChoiceGround ChosenBy, double? Score, string? RunnerUp, double? RunnerUpScore,
    bool IsGuess, string Explanation, string Flags);
