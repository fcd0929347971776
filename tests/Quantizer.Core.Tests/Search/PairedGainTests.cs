using Quantizer.Search;

namespace Quantizer.Core.Tests.Search;

public class PairedGainTests
{
    [Fact]
    public void It_is_the_mean_gain_in_its_standard_errors()
    {
        // Gains 1, 2, 3 of a total of 12: mean 2, deviation 1, standard error 1 / sqrt(3).
        OutputErrors now = Errors([3], [4], [5]),
            then = Errors([2], [2], [2]);

        Assert.Equal(2 * Math.Sqrt(3), PairedGain.StandardErrors(now, then, 3), 1e-12);
    }

    [Fact]
    public void Every_output_counts_the_same()
    {
        OutputErrors now = Errors([3, 3e6], [4, 4e6], [5, 5e6]),
            then = Errors([2, 2e6], [2, 2e6], [2, 2e6]);

        Assert.Equal(2 * Math.Sqrt(3), PairedGain.StandardErrors(now, then, 3), 1e-12);
    }

    [Fact]
    public void One_lucky_sample_makes_nothing_sure()
    {
        OutputErrors now = Errors([1], [1], [1], [1], [100]),
            then = Errors([1], [1], [1], [1], [10]);

        Assert.InRange(PairedGain.StandardErrors(now, then, 5), 0.9, 1.1);
    }

    [Fact]
    public void A_loss_is_no_gain_and_a_gain_everywhere_is_sure()
    {
        OutputErrors more = Errors([3], [3]),
            less = Errors([2], [2]);

        Assert.Equal(0, PairedGain.StandardErrors(less, more, 2));
        Assert.Equal(0, PairedGain.StandardErrors(less, less, 2));
        Assert.Equal(double.PositiveInfinity, PairedGain.StandardErrors(more, less, 2));
        Assert.Equal(double.PositiveInfinity, PairedGain.StandardErrors(more, less, 1));
    }

    private static OutputErrors Errors(params double[][] ofSamples)
    {
        OutputErrors errors = new(ofSamples.Length, ofSamples[0].Length);
        for (int sample = 0; sample < ofSamples.Length; sample++)
            errors[sample] = ofSamples[sample];
        return errors;
    }
}
