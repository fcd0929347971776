namespace Quantizer.Preprocessing.Discovery;

/// <summary>Whether one way is right where another is wrong too often for chance, on the samples that they differ in.</summary>
internal static class SignTest
{
    /// <summary>
    /// Chance of so one-sided a result between two that are equally good, above which it is no evidence. There are up to nine
    /// candidates, and the best of them is looked at.
    /// </summary>
    private const double LargestChance = 0.005;

    /// <summary>The same, above which it is not even a lead: as unlikely as two standard errors.</summary>
    private const double LeadChance = 0.05;

    /// <param name="ones">A figure for each sample, larger where it is better.</param>
    /// <param name="others">For the same samples.</param>
    public static bool IsEvidence(IReadOnlyList<double> ones, IReadOnlyList<double> others) => Chance(ones, others) <= LargestChance;

    /// <summary>As <see cref="IsEvidence"/>, for a lead that proves nothing.</summary>
    public static bool IsLead(IReadOnlyList<double> ones, IReadOnlyList<double> others) => Chance(ones, others) <= LeadChance;

    private static double Chance(IReadOnlyList<double> ones, IReadOnlyList<double> others)
    {
        (int better, int worse) = (0, 0);
        for (int i = 0; i < ones.Count; i++)
        {
            if (ones[i] > others[i])
                better++;
            else if (ones[i] < others[i])
                worse++;
        }
        return better > worse ? ChanceOfAtLeast(better, better + worse) : 1;
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
