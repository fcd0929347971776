using Quantizer.Reporting.Details;
using Quantizer.Reporting.Page;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Reporting.Page;

public sealed class PageDataTests
{
    [Fact]
    public void Histograms_have_no_more_bins_than_a_plot_shows_and_lose_no_value()
    {
        TensorHistogram histogram = SampleReports.Small.Details!.Histograms[0] with
        {
            Bins = [.. Enumerable.Range(1, 300).Select(bin => (long)bin)],
        };

        TensorHistogram drawn = Of(SampleReports.Small.Details with { Histograms = [histogram] }).Histograms[0];

        Assert.Equal(100, drawn.Bins.Count);
        Assert.Equal(1 + 2 + 3, drawn.Bins[0]);
        Assert.Equal(histogram.Bins.Sum(), drawn.Bins.Sum());
    }

    [Fact]
    public void Bars_of_weights_hold_the_widest_of_the_channels_that_share_one()
    {
        float[] low = [.. Enumerable.Range(0, 256).Select(channel => -1f / (1 + channel))],
            high = [.. Enumerable.Range(0, 256).Select(channel => channel == 255 ? 2f : 0.5f)];

        DrawnWeight drawn = DrawnWeight.Of(new WeightRange("w", "n", 0, low, high));

        Assert.Equal((256, 2, 128), (drawn.Channels, drawn.Each, drawn.Low.Count));
        Assert.Equal(2, drawn.Largest);
        Assert.Equal((-500, 250, 1000), (drawn.Low[0], drawn.High[0], drawn.High[^1]));
    }

    [Fact]
    public void Weights_of_zeros_and_without_numbers_have_bars_too()
    {
        DrawnWeight drawn = DrawnWeight.Of(new WeightRange("w", "n", -1, [0, float.NaN], [0, float.PositiveInfinity]));

        Assert.Equal(0, drawn.Largest);
        Assert.All(drawn.Low.Concat(drawn.High), share => Assert.Equal(0, share));
    }

    [Fact]
    public void Nodes_are_told_with_their_kernel()
    {
        DrawnNode node = Of(SampleReports.Small.Details!).Nodes[0];

        Assert.Equal(("/conv1/Conv", "Conv", "int8", "QLinearConv"), (node.Name, node.Operator, node.Decision, node.Kernel));
    }

    private static PageData Of(ReportDetails details) => PageData.Of(SampleReports.Small with { Details = details });
}
