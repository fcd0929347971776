using Quantizer.Execution;

namespace Quantizer.Core.Tests.Execution;

public class SpeedRatioTests
{
    [Fact]
    public void The_speed_up_is_the_ratio_of_the_least_times() =>
        Assert.Equal(2, SpeedRatio.Of(new LatencyResult([9, 4, 5, 100, 6]), new LatencyResult([3, 3, 2, 2.5, 50])).Speedup);

    [Fact]
    public void The_spread_is_that_of_the_ratios_of_five_stretches_of_time()
    {
        // Stretches of two rounds: 4/2, 4/2, 5/2, 4/2, 6/4 = 1.5; over all 4/2.
        LatencyResult reference = new([4, 9, 9, 4, 5, 5, 4, 4, 6, 9]),
            other = new([2, 9, 2, 9, 9, 2, 2, 3, 4, 9]);

        Assert.Equal(new SpeedRatio(2, 0.5), SpeedRatio.Of(reference, other));
    }

    [Fact]
    public void Disturbed_rounds_do_not_show_while_each_stretch_has_a_calm_one()
    {
        double[] calm = [.. Enumerable.Repeat(3.0, 50)];
        double[] disturbed = [.. calm.Select((time, i) => i % 10 == 7 ? time : time * 5)];

        Assert.Equal(new SpeedRatio(1, 0), SpeedRatio.Of(new LatencyResult(calm), new LatencyResult(disturbed)));
    }

    [Fact]
    public void A_stretch_that_was_disturbed_throughout_is_told_by_the_spread()
    {
        double[] calm = [.. Enumerable.Repeat(3.0, 50)];
        double[] disturbed = [.. calm.Select((time, i) => i < 10 ? time * 5 : time)];

        SpeedRatio ratio = SpeedRatio.Of(new LatencyResult(calm), new LatencyResult(disturbed));

        Assert.Equal((1.0, 0.8), (ratio.Speedup, Math.Round(ratio.Spread, 12)));
        Assert.False(ratio.IsSettled);
        Assert.True(SpeedRatio.Of(new LatencyResult(calm), new LatencyResult(calm)).IsSettled);
    }

    [Fact]
    public void Few_rounds_are_stretches_of_their_own_and_one_round_has_no_spread_to_tell()
    {
        Assert.Equal(new SpeedRatio(2, 1), SpeedRatio.Of(new LatencyResult([2, 3]), new LatencyResult([2, 1])));
        Assert.Equal(new SpeedRatio(2, double.PositiveInfinity), SpeedRatio.Of(new LatencyResult([2]), new LatencyResult([1])));
    }

    [Fact]
    public void Runs_of_different_rounds_cannot_be_compared() =>
        Assert.Throws<ArgumentException>(() => SpeedRatio.Of(new LatencyResult([2, 3]), new LatencyResult([2])));
}
