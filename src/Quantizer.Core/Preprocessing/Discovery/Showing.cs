namespace Quantizer.Preprocessing.Discovery;

/// <summary>How a candidate did, picture by picture: candidates are compared on the same pictures, so that what is hard or easy for all
/// of them cancels.</summary>
internal sealed record Showing(PreparationCandidate Candidate, IReadOnlyList<double> PerPicture)
{
    /// <summary>
    /// Chance of so one-sided a result between two that are equally good, above which it is no evidence. There are up to eight
    /// candidates, and the best of them is looked at.
    /// </summary>
    private const double LargestChance = 0.005;

    /// <summary>A mean difference of fewer standard errors is no evidence.</summary>
    private const double StandardErrors = 4;

    /// <summary>A mean difference of fewer standard errors may be another one's lead on other pictures.</summary>
    private const double LeadErrors = 2;

    /// <summary>Chance of so one-sided a result, as unlikely as <see cref="LeadErrors"/>.</summary>
    private const double LeadChance = 0.05;

    public double Score { get; } = PerPicture.Count == 0 ? 0 : PerPicture.Average();

    /// <summary>
    /// Whether this one is right (1) where the other is wrong (0) too often for chance: the sign test, on the pictures that they
    /// differ in. Four pictures that both get right say nothing; eight that only one gets right suffice.
    /// </summary>
    public bool IsMoreOftenRight(Showing other) => ChanceAgainst(other) <= LargestChance;

    /// <summary>Whether this one is right more often than chance alone would have it: a lead, if no proof.</summary>
    public bool IsMoreOftenRightSoFar(Showing other) => ChanceAgainst(other) <= LeadChance;

    /// <summary>Whether this one's score is larger by more than the differences between pictures explain: a lead, if no proof.</summary>
    public bool IsAhead(Showing other) => IsLargerBy(other, LeadErrors);

    /// <summary>The same, by so much that it is evidence.</summary>
    public bool IsClearlyAhead(Showing other) => IsLargerBy(other, StandardErrors);

    private double ChanceAgainst(Showing other)
    {
        (int better, int worse) = (0, 0);
        for (int i = 0; i < PerPicture.Count; i++)
        {
            if (PerPicture[i] > other.PerPicture[i])
                better++;
            else if (PerPicture[i] < other.PerPicture[i])
                worse++;
        }
        return better > worse ? ChanceOfAtLeast(better, better + worse) : 1;
    }

    /// <summary>Whether this one's score is larger by a ratio, and by more than the differences between pictures explain.</summary>
    public bool IsLarger(Showing other, double ratio) =>
        IsLargerBy(other, StandardErrors) && (!double.IsFinite(other.Score) || Score >= other.Score * ratio);

    private bool IsLargerBy(Showing other, double standardErrors)
    {
        if (!double.IsFinite(Score))
            return false;
        if (!double.IsFinite(other.Score))
            return true;
        if (PerPicture.Count < 2)
            return false;
        double mean = Score - other.Score,
            squares = 0;
        for (int i = 0; i < PerPicture.Count; i++)
        {
            double deviation = PerPicture[i] - other.PerPicture[i] - mean;
            squares += deviation * deviation;
        }
        double standardError = Math.Sqrt(squares / (PerPicture.Count - 1) / PerPicture.Count);
        return mean > 0 && mean >= standardErrors * standardError;
    }

    /// <summary>Of at least so many heads among tosses of a fair coin.</summary>
    private static double ChanceOfAtLeast(int heads, int tosses)
    {
        // From all heads downwards, term by term: C(n, k-1) = C(n, k) k / (n - k + 1).
        double term = Math.Pow(0.5, tosses),
            sum = 0;
        for (int k = tosses; k >= heads; k--)
        {
            sum += term;
            term *= (double)k / (tosses - k + 1);
        }
        return sum;
    }
}
