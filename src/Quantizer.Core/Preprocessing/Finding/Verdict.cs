namespace Quantizer.Preprocessing.Finding;

/// <summary>What a test made of the candidates.</summary>
/// <param name="Doubt">What was decided narrowly, such as "the channel order"; null for a clear win.</param>
/// <param name="Pictures">How many the winner was tried on.</param>
internal sealed record Verdict(PreparationCandidate Winner, double Score, PreparationCandidate? RunnerUp, double? RunnerUpScore, string? Doubt, int Pictures)
{
    /// <summary>A win by less is called a guess.</summary>
    public const double NarrowRatio = 1.15;

    /// <summary>
    /// Candidates whose values differ by less, as a share of their range, are one for quantization: that both fit is no
    /// doubt. (x - 127)/128 and (x/255 - 0.5)/0.5 differ by 0.8 %.
    /// </summary>
    private const double SameInPractice = 0.02;

    public static bool AreSame(PreparationCandidate one, PreparationCandidate other) =>
        one.Preparation.Channels == other.Preparation.Channels && one.DistanceTo(other) < SameInPractice;
}
