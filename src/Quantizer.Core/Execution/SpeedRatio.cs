namespace Quantizer.Execution;

/// <summary>
/// How many times faster one model is than another, from interleaved runs of both. Other work on the machine only ever adds to
/// a run, and on a busy one to most of them, so medians can be off by a factor of five where minima still repeat.
/// </summary>
/// <param name="Speedup">The reference's least time by the other's; above 1 the other is faster.</param>
/// <param name="Spread">
/// How far that would be off had fewer rounds been run: the rounds are cut into five groups, each a stretch of time of its own,
/// and this is the largest distance of a group's ratio of minima from <paramref name="Speedup"/>. The minima of a fifth of the
/// rounds vary more than those of all, so it is on the safe side. Infinite where there is no second round.
/// </param>
internal sealed record SpeedRatio(double Speedup, double Spread)
{
    private const int Groups = 5;

    /// <summary>As a share of the ratio. On a quiet machine it is some hundredths.</summary>
    private const double MostSettled = 0.1;

    /// <summary>Whether the ratio would be much the same had fewer rounds been run: the machine was not too busy to tell.</summary>
    public bool IsSettled => Spread <= MostSettled * Speedup;

    /// <param name="reference">From the same rounds as <paramref name="other"/>.</param>
    /// <exception cref="ArgumentException">The two have different numbers of runs, or none.</exception>
    public static SpeedRatio Of(LatencyResult reference, LatencyResult other)
    {
        if (reference.Runs != other.Runs || other.Runs == 0)
            throw new ArgumentException($"Found {reference.Runs} and {other.Runs} runs; expected as many of both.");
        double speedup = reference.MinimumMilliseconds / other.MinimumMilliseconds;
        if (other.Runs == 1)
            return new SpeedRatio(speedup, double.PositiveInfinity);
        int groups = Math.Min(Groups, other.Runs);
        double spread = 0;
        for (int group = 0; group < groups; group++)
        {
            Range rounds = (group * other.Runs / groups)..((group + 1) * other.Runs / groups);
            spread = Math.Max(spread, Math.Abs(Least(reference, rounds) / Least(other, rounds) - speedup));
        }
        return new SpeedRatio(speedup, spread);
    }

    private static double Least(LatencyResult result, Range rounds) => result.Milliseconds.Take(rounds).Min();
}
