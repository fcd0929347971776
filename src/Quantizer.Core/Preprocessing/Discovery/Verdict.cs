namespace Quantizer.Preprocessing.Discovery;

/// <summary>What a test made of the candidates.</summary>
/// <param name="Doubt">What was decided narrowly, <see cref="Scale"/> or <see cref="ChannelOrder"/>; null for a clear win.</param>
/// <param name="Pictures">How many the winner was tried on.</param>
internal sealed record Verdict(PreparationCandidate Winner, double Score, PreparationCandidate? RunnerUp, double? RunnerUpScore, string? Doubt, int Pictures)
{
    /// <summary>A win by less is called a guess.</summary>
    public const double NarrowRatio = 1.15;

    /// <summary>
    /// Candidates whose values differ by less, as a share of their range, are one for quantization: that both fit is no
    /// doubt. (x - 127)/128 and (x/255 - 0.5)/0.5 differ by 0.4 %, ImageNet's and CIFAR-10's mean and std by 12 %; the next
    /// pair, ImageNet's and -1..1, by 37 %.
    /// </summary>
    private const double SameInPractice = 0.13;

    public const string Scale = "scale";
    public const string ChannelOrder = "channel order";

    /// <summary>As good as the same values, whatever the channel order.</summary>
    public static bool AreAlike(PreparationCandidate one, PreparationCandidate other) => one.DistanceTo(other) < SameInPractice;

    /// <summary>As good as the same, channel order included.</summary>
    public static bool AreSame(PreparationCandidate one, PreparationCandidate other) =>
        one.Preparation.Channels == other.Preparation.Channels && AreAlike(one, other);

    /// <summary>This verdict, the channel order as another test sees it.</summary>
    /// <param name="opinion">On this one's winner and runner-up.</param>
    public Verdict ChangedBy(Verdict opinion)
    {
        if (opinion.Winner == Winner || opinion.Winner != RunnerUp) return this with { Doubt = opinion.Doubt };
        return this with { Winner = RunnerUp, Score = RunnerUpScore!.Value, RunnerUp = Winner, RunnerUpScore = Score, Doubt = opinion.Doubt };
    }
}
