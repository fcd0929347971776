using Quantizer.Reporting.Page.Plots;

namespace Quantizer.Core.Tests.Reporting.Page.Plots;

public sealed class PlotScaleTests
{
    [Theory]
    [InlineData(27.9, 48.9, 25, 50, 5)]
    [InlineData(-3, 97, -20, 100, 20)]
    [InlineData(0, 1, 0, 1, 0.2)]
    [InlineData(7, 7, 2, 12, 2)]
    public void Ends_are_round_and_around_all_values(double least, double most, double low, double high, double step)
    {
        PlotScale scale = PlotScale.Around(least, most, 5);

        Assert.InRange(scale.Low, low - 1e-9, low + 1e-9);
        Assert.InRange(scale.High, high - 1e-9, high + 1e-9);
        Assert.InRange(scale.Step, step - 1e-9, step + 1e-9);
    }

    [Fact]
    public void Named_values_lie_within_the_ends()
    {
        double[] ticks = [.. PlotScale.Within(0.68, 2.31, 6).Ticks];

        Assert.Equal([1, 1.5, 2], ticks);
    }

    [Fact]
    public void Values_beyond_an_end_are_drawn_at_it()
    {
        PlotScale scale = new(10, 20, 5);

        Assert.Equal([0, 0.5, 1], [scale.ShareOf(0), scale.ShareOf(15), scale.ShareOf(99)]);
    }
}
