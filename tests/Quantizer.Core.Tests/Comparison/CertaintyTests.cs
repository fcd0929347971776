using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;

namespace Quantizer.Core.Tests.Comparison;

/// <summary>Against figures computed by the formulas in exact arithmetic elsewhere.</summary>
public class CertaintyTests
{
    [Theory]
    [InlineData(1980, 2000, 98.4604, 99.3517)]
    [InlineData(96, 100, 90.1629, 98.4337)]
    // A textbook interval would have no width here.
    [InlineData(10, 10, 72.2467, 100)]
    [InlineData(0, 5, 0, 43.4482)]
    public void The_interval_is_that_of_Wilson(int hits, int samples, double low, double high)
    {
        (double foundLow, double foundHigh) = Certainty.Interval(hits, samples);

        Assert.Equal(low, foundLow, 3);
        Assert.Equal(high, foundHigh, 3);
        Assert.InRange(foundLow, 0, foundHigh);
        Assert.InRange(foundHigh, foundLow, 100);
    }

    [Theory]
    [InlineData(5, 15, 0.041389)]
    [InlineData(15, 5, 0.041389)]
    [InlineData(0, 6, 0.03125)]
    [InlineData(6, 5, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(40, 20, 0.013489)]
    public void Chance_is_that_of_the_exact_test_of_McNemar(int lost, int won, double p) =>
        Assert.Equal(p, Certainty.ChanceOf(lost, won), 5);

    [Theory]
    // One of 100 is missing, and up to 98.43 % may be true.
    [InlineData(96, 100, 1)]
    [InlineData(95, 100, 2)]
    // Three are, though up to 97.85 % may be true.
    [InlineData(94, 100, 0)]
    // The floor is kept.
    [InlineData(97, 100, 0)]
    // Of many samples one answer still is within the interval, thirty are not few.
    [InlineData(96.95, 2000, 1)]
    [InlineData(95.5, 2000, 0)]
    [InlineData(double.NaN, 100, 0)]
    [InlineData(96, 0, 0)]
    public void A_floor_missed_by_one_or_two_answers_is_undecided(double percent, int samples, int missing)
    {
        Assert.Equal(missing, Certainty.MissingOf(TaskKind.Classes, percent, samples));
        // A share of values or characters is none of samples.
        Assert.Equal(0, Certainty.MissingOf(TaskKind.Text, percent, samples));
    }
}
