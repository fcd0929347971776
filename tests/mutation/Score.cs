using System.Globalization;

namespace Quantizer.Mutation;

/// <summary>How many removals were noticed.</summary>
internal readonly record struct Score(int Noticed, int Tried)
{
    /// <summary>Two-sided 95 % of the normal distribution.</summary>
    private const double Deviations = 1.96;

    public double Percent => 100.0 * Noticed / Tried;

    /// <summary>Wilson's interval for the share among all statements, of which those tried are a random sample; in percent.</summary>
    public (double Low, double High) Interval
    {
        get
        {
            double share = (double)Noticed / Tried,
                square = Deviations * Deviations / Tried;
            double middle = (share + square / 2) / (1 + square);
            double half = Deviations / (1 + square) * Math.Sqrt(share * (1 - share) / Tried + square / (4 * Tried));
            return (100 * (middle - half), 100 * (middle + half));
        }
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Noticed} of {Tried} noticed: {Percent:F1} %, 95 % interval {Interval.Low:F1} to {Interval.High:F1} %"
        );
}
