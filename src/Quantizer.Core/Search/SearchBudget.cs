namespace Quantizer.Search;

/// <summary>
/// How much is tried. It is counted in multiply-accumulates, not timed, so that the result does not depend on the machine.
/// </summary>
internal static class SearchBudget
{
    /// <summary>Multiply-accumulates of all moves together: a second or two on two cores.</summary>
    private const double All = 150e9;

    /// <summary>Running a model costs this much at least, however small it is, in multiply-accumulates of the same time.</summary>
    private const double LeastPerSample = 10e6;

    /// <summary>Opening a model costs as much as running it this often.</summary>
    private const int RunsPerOpening = 8;

    private const int MostMoves = 14;

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

    /// <summary>The number of moves that can be tried.</summary>
    /// <param name="macs">Multiply-accumulates of one sample.</param>
    /// <param name="samples">All samples that plans are judged by.</param>
    public static int Moves(long macs, int samples) =>
        (int)Math.Min(MostMoves, All / (Math.Max(macs, LeastPerSample) * (ScreeningSamples(samples).First() + RunsPerOpening)));
}
