namespace Quantizer.Search;

/// <summary>
/// How much is tried. It is counted in multiply-accumulates, not timed, so that the result does not depend on the machine.
/// </summary>
internal static class SearchBudget
{
    /// <summary>Multiply-accumulates of all moves together: a second on two cores.</summary>
    private const double All = 60e9;

    /// <summary>Of one plan where it is tried first: half a second on one core.</summary>
    private const double OfPlan = 20e9;

    private const int MostMoves = 14;

    /// <summary>Of a hundred tensors some five moves find none that gains.</summary>
    private const int FewestMoves = 8;

    /// <summary>More tell no more about which of some plans is better.</summary>
    private const int MostFirst = 128;

    /// <summary>Fewer may be of one kind.</summary>
    private const int FewestFirst = 8;

    /// <summary>Of one plan on all samples that decide: some seconds on one core. A vision transformer of 183 million multiply-accumulates,
    /// judged by 218 samples instead of 512, ended 1.2 dB worse.</summary>
    private const double OfDecision = 100e9;

    /// <summary>Of a network that is soon run all that were kept: with as few as these, MobileNetV2's choice was 0.6 dB worse on other
    /// pictures.</summary>
    private const int FewDeciding = 128;

    /// <summary>What running one plan on even so few takes at most: half a minute on one core.</summary>
    private const double OfLongDecision = 500e9;

    /// <summary>Fewer would not tell plans apart, however long a network takes.</summary>
    private const int FewestDeciding = 48;

    /// <summary>Hopeless plans show on this share of the first samples.</summary>
    private const int FirstRounds = 4;

    /// <summary>As few as tell how much samples differ.</summary>
    private const int FewestOfRound = 4;

    /// <summary>
    /// Two plans make much the same errors on the same sample, so that a few samples show which of them is better if one is noticeably so.
    /// What still looks better on these many is tried on more.
    /// </summary>
    private static readonly int[] Screenings = [32, 128];

    private const int FewestSamples = 16;

    /// <summary>The samples that moves are first tried on, and then those that looked good there.</summary>
    /// <param name="samples">All samples that plans are judged by.</param>
    public static IEnumerable<int> ScreeningSamples(int samples) =>
        Screenings.Where(screening => screening < samples).DefaultIfEmpty(Math.Min(samples, FewestSamples));

    /// <summary>The samples that whole plans are first tried on.</summary>
    /// <param name="macs">Multiply-accumulates of one sample.</param>
    /// <param name="samples">All samples that plans are judged by.</param>
    public static int FirstSamples(long macs, int samples) =>
        Math.Min(samples, (int)Math.Clamp(OfPlan / TrialWork.OfSample(macs), FewestFirst, MostFirst));

    /// <summary>The samples that decide among plans, of those that were kept.</summary>
    /// <param name="macs">Multiply-accumulates of one sample.</param>
    /// <param name="samples">All that were kept.</param>
    public static int DecidingSamples(long macs, int samples)
    {
        double perSample = TrialWork.OfSample(macs),
            few = Math.Clamp(OfLongDecision / perSample, FewestDeciding, FewDeciding);
        return (int)Math.Min(samples, Math.Max(few, OfDecision / perSample));
    }

    /// <summary>After how many of the first samples plans that are surely worse are given up.</summary>
    /// <param name="first">See <see cref="FirstSamples"/>.</param>
    public static int FirstRound(int first) => Math.Max(FewestOfRound, first / FirstRounds);

    /// <summary>The number of moves that can be tried; none where there could be but a few.</summary>
    /// <param name="macs">Multiply-accumulates of one sample.</param>
    /// <param name="samples">All samples that plans are judged by.</param>
    public static int Moves(long macs, int samples)
    {
        double moves = All / TrialWork.Of(macs, ScreeningSamples(samples).First());
        return moves < FewestMoves ? 0 : (int)Math.Min(MostMoves, moves);
    }
}
