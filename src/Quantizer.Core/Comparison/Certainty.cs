using MathNet.Numerics.Distributions;
using Quantizer.Comparison.Tasks;

namespace Quantizer.Comparison;

/// <summary>
/// How far figures of a number of samples may be from those of all samples there are, for answers that are each right or wrong,
/// independently of each other.
/// </summary>
internal static class Certainty
{
    /// <summary>Of 20 such intervals 19 hold the true share.</summary>
    private const double Confidence = 0.95;

    /// <summary>Below, a difference is not put down to chance: the same 1 in 20.</summary>
    public const double Significance = 1 - Confidence;

    /// <summary>A floor missed by more answers than this is missed, whatever the interval of few samples allows.</summary>
    private const int MostMissing = 2;

    /// <summary>Shares are quotients of whole numbers, whose products with the number of samples are off by less.</summary>
    private const double Rounding = 1e-6;

    /// <summary>
    /// The interval of a share by its score test (E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference",
    /// Journal of the American Statistical Association 22, 1927): with p = k / n and z the quantile of the normal distribution,
    /// (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n). Unlike the textbook p ± z √(p(1-p)/n) it has a width where all answers agree.
    /// </summary>
    /// <param name="hits">k, 0 to <paramref name="samples"/>.</param>
    /// <param name="samples">n, at least 1.</param>
    /// <returns>Percent.</returns>
    public static (double Low, double High) Interval(int hits, int samples)
    {
        double z = Normal.InvCDF(0, 1, 1 - Significance / 2),
            share = (double)hits / samples,
            middle = share + z * z / (2 * samples),
            width = z * Math.Sqrt(share * (1 - share) / samples + z * z / (4.0 * samples * samples)),
            divisor = 1 + z * z / samples;
        return (Math.Max(100 * (middle - width) / divisor, 0), Math.Min(100 * (middle + width) / divisor, 100));
    }

    /// <summary>
    /// How likely chance alone makes two models that are equally good differ by so much on the same samples: the exact, two-sided test of
    /// Q. McNemar ("Note on the sampling error of the difference between correlated proportions or percentages", Psychometrika 12, 1947).
    /// Only samples count of which one model is right; each of them is a fair coin then.
    /// </summary>
    /// <param name="lost">Samples of which only the first model is right.</param>
    /// <param name="won">Samples of which only the second one is.</param>
    /// <returns>The p value, 0 to 1.</returns>
    public static double ChanceOf(int lost, int won) => Math.Min(1, 2 * Binomial.CDF(0.5, lost + won, Math.Min(lost, won)));

    /// <summary>Answers that are missing where a floor is missed by so few that another set of samples may well keep it; 0 where it is
    /// kept, or surely missed.</summary>
    /// <param name="percent">Of the samples that agree.</param>
    /// <param name="floor">Percent.</param>
    public static int MissingOf(double? percent, int samples, double floor)
    {
        if (percent is not { } value || !double.IsFinite(value) || samples < 1 || value >= floor)
            return 0;
        int hits = (int)Math.Round(value / 100 * samples, MidpointRounding.ToEven),
            missing = (int)Math.Ceiling(floor / 100 * samples - Rounding) - hits;
        return missing <= MostMissing && Interval(hits, samples).High >= floor ? missing : 0;
    }

    /// <summary>The same of a task; 0 of those whose figure is no share of its samples.</summary>
    public static int MissingOf(TaskKind kind, double? headline, int samples) =>
        kind == TaskKind.Classes ? MissingOf(headline, samples, TaskTable.FloorOf(kind)) : 0;
}
