using System.Globalization;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>What a test made of the candidates.</summary>
/// <param name="Doubt">What was decided narrowly, <see cref="Scale"/>, <see cref="Mean"/> or <see cref="ChannelOrder"/>; null for a
/// clear win.</param>
/// <param name="Pictures">How many the winner was tried on.</param>
/// <param name="Contenders">The winner and all that it does not clearly beat, best first, with their scores.</param>
internal sealed record Verdict(
    PreparationCandidate Winner,
    double Score,
    PreparationCandidate? RunnerUp,
    double? RunnerUpScore,
    string? Doubt,
    int Pictures,
    IReadOnlyList<(PreparationCandidate Candidate, double Score)> Contenders
)
{
    /// <summary>Those of the contenders that what was measured does not even rank, the winner among them: any other of them may be the
    /// best on other pictures.</summary>
    public required IReadOnlyList<PreparationCandidate> Level { get; init; }

    /// <summary>How another test decided what this one left open, as a sentence with a space before it; empty where it was not
    /// asked.</summary>
    public string Settlement { get; init; } = "";

    /// <summary>A win by less is no win, however many pictures it was seen on: candidates that are both wrong differ as much.</summary>
    public const double NarrowRatio = 1.15;

    /// <summary>With few pictures only a win by this much counts. The right scale was seen to win by 7 to 1000 where it can be told at
    /// all.</summary>
    public const double OverwhelmingRatio = 2;

    /// <summary>
    /// Candidates whose values differ by less, as a share of their range, are one for quantization: that both fit is no
    /// doubt. (x - 127)/128 and (x/255 - 0.5)/0.5 differ by 0.4 %, ImageNet's and CIFAR-10's mean and std by 12 %; the next
    /// pair, ImageNet's and -1..1, by 37 %.
    /// </summary>
    private const double SameInPractice = 0.13;

    /// <summary>
    /// Ranges whose widths differ by less are of one scale: 0..255 and 0..255 less a mean. A network sees the same contrast in
    /// both, and a calibration on the wrong one is shifted, not worthless. -1..1 and 0..1 differ by 2.
    /// </summary>
    private const double SameWidth = 1.5;

    public const string Scale = "scale";
    public const string Mean = "mean";
    public const string ChannelOrder = "channel order";

    /// <summary>As good as the same values, whatever the channel order.</summary>
    public static bool AreAlike(PreparationCandidate one, PreparationCandidate other) => one.DistanceTo(other) < SameInPractice;

    /// <summary>As good as the same, channel order included.</summary>
    public static bool AreSame(PreparationCandidate one, PreparationCandidate other) =>
        one.Preparation.Channels == other.Preparation.Channels && AreAlike(one, other);

    /// <summary>As wide ranges of values.</summary>
    public static bool AreOfOneScale(PreparationCandidate one, PreparationCandidate other)
    {
        double ratio = WidthOf(one) / WidthOf(other);
        return AreAlike(one, other) || Math.Max(ratio, 1 / ratio) < SameWidth;
    }

    /// <summary>What is not decided between a winner and those it does not clearly beat; null when that makes no difference.</summary>
    public static string? DoubtAmong(PreparationCandidate winner, IEnumerable<PreparationCandidate> contenders)
    {
        PreparationCandidate[] others = [.. contenders.Where(contender => !AreSame(contender, winner))];
        if (others.Length == 0)
            return null;
        if (others.Any(other => !AreOfOneScale(other, winner)))
            return Scale;
        return others.Any(other => !AreAlike(other, winner)) ? Mean : ChannelOrder;
    }

    /// <summary>This verdict, the channel order as another test sees it.</summary>
    /// <param name="opinion">On this one's winner and runner-up.</param>
    public Verdict ChangedBy(Verdict opinion)
    {
        if (opinion.Winner == Winner || opinion.Winner != RunnerUp)
            return this with { Doubt = opinion.Doubt };
        return this with
        {
            Winner = RunnerUp,
            Score = RunnerUpScore!.Value,
            RunnerUp = Winner,
            RunnerUpScore = Score,
            Doubt = opinion.Doubt,
        };
    }

    /// <summary>This verdict on a scale, the winner among those of that scale as a finer test sees it.</summary>
    /// <param name="finer">On this one's contenders.</param>
    public Verdict SettledBy(Verdict finer) =>
        this with
        {
            Winner = finer.Winner,
            Score = Contenders.First(contender => contender.Candidate == finer.Winner).Score,
            RunnerUp = RunnerUp == finer.Winner ? Winner : RunnerUp,
            RunnerUpScore = RunnerUp == finer.Winner ? Score : RunnerUpScore,
            Doubt = finer.Doubt,
            Settlement = string.Create(
                CultureInfo.InvariantCulture,
                $" That alone does not tell it from {finer.RunnerUp!.Name}; it finds the right classes likelier ({finer.Score:0.000}, else {finer.RunnerUpScore:0.000}; {finer.Pictures} pictures)."
            ),
        };

    private static double WidthOf(PreparationCandidate candidate) =>
        Enumerable
            .Range(0, candidate.Preparation.Mean.Count)
            .Average(channel =>
                Math.Abs(candidate.Preparation.ValueOf(byte.MaxValue, channel) - candidate.Preparation.ValueOf(byte.MinValue, channel))
            );
}
