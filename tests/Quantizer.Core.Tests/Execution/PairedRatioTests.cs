using Quantizer.Execution;

namespace Quantizer.Core.Tests.Execution;

public sealed class PairedRatioTests
{
    [Fact]
    public void What_disturbs_both_models_of_a_round_goes_out_of_their_ratio()
    {
        double[] busy = [.. Enumerable.Range(0, 40).Select(round => round % 2 == 0 ? 1.0 : 50)];

        PairedRatio ratio = PairedRatio.Of(new LatencyResult([.. busy.Select(time => 2 * time)]), new LatencyResult(busy));

        Assert.Equal(new PairedRatio(2, 2, 2), ratio);
    }

    [Fact]
    public void The_interval_is_that_of_the_order()
    {
        // Ratios 1 to 20: below the sixth of 20 lies a fair coin's 2.07 % (5 heads or fewer), below the seventh 5.8 %.
        double[] ratios = [.. Enumerable.Range(1, 20).Select(value => (double)value)];

        PairedRatio ratio = PairedRatio.Of(new LatencyResult(ratios), new LatencyResult([.. ratios.Select(_ => 1.0)]));

        Assert.Equal(new PairedRatio(10.5, 6, 15), ratio);
    }

    [Theory]
    [InlineData(5, null)]
    [InlineData(6, 0)]
    [InlineData(20, 5)]
    [InlineData(1000, 468)]
    public void Ranks_are_those_of_the_binomial_distribution(int rounds, int? rank) => Assert.Equal(rank, PairedRatio.RankOf(rounds));

    [Fact]
    public void Too_few_rounds_tell_nothing()
    {
        LatencyResult few = new([1, 1, 1]);

        Assert.Equal(new PairedRatio(1, 0, double.PositiveInfinity), PairedRatio.Of(few, few));
    }

    [Fact]
    public void Rounds_must_be_the_same() =>
        Assert.Throws<ArgumentException>(() => PairedRatio.Of(new LatencyResult([1, 2]), new LatencyResult([1])));

    [Fact]
    public void The_interval_holds_the_true_ratio_as_often_as_it_says()
    {
        Random random = new(5);
        int held = 0;
        const int Trials = 400;
        for (int trial = 0; trial < Trials; trial++)
        {
            // Heavy on one side, as times are; the median of the ratio is exactly 2.
            double[] first = [.. Enumerable.Range(0, 30).Select(_ => 1 / random.NextDouble())],
                second = [.. Enumerable.Range(0, 30).Select(_ => 0.5 / random.NextDouble())];
            PairedRatio ratio = PairedRatio.Of(new LatencyResult(first), new LatencyResult(second));
            held += ratio.Low <= 2 && 2 <= ratio.High ? 1 : 0;
        }

        Assert.InRange((double)held / Trials, 0.93, 1);
    }
}
