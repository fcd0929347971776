using Quantizer.Choices;

namespace Quantizer.Correction;

/// <summary>The words for <see cref="BiasCorrectionMode"/>.</summary>
internal static class CorrectionWords
{
    public static WordTable<BiasCorrectionMode> Modes { get; } =
        new(
            "way of correcting biases",
            (BiasCorrectionMode.Automatic, "auto", "corrects both with --method auto, where held-out samples gain by it"),
            (BiasCorrectionMode.On, "on", "with any method, where they gain"),
            (BiasCorrectionMode.OnlyBiases, "biases", "with any method, and rounds weights to the nearest"),
            (BiasCorrectionMode.Off, "off", "never")
        );
}
