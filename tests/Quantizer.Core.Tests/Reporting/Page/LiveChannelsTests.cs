using Quantizer.Reporting.Details;
using Quantizer.Reporting.Page;

namespace Quantizer.Core.Tests.Reporting.Page;

public class LiveChannelsTests
{
    [Fact]
    public void Channels_below_a_thousandth_of_the_widest_are_left_out_of_the_ratio_and_counted()
    {
        LiveChannels channels = LiveChannels.Of(Weight(4, 0.0039f, 0.5f, 0, -2));

        Assert.Equal(2, channels.Dead);
        Assert.Equal(8, channels.Ratio);
    }

    [Fact]
    public void A_thousandth_is_live() => Assert.Equal(new LiveChannels(0, 1000), LiveChannels.Of(Weight(1000, 1)));

    [Fact]
    public void There_is_no_ratio_of_fewer_than_two_live_channels()
    {
        Assert.Equal(new LiveChannels(1, null), LiveChannels.Of(Weight(4, 0)));
        Assert.Equal(new LiveChannels(2, null), LiveChannels.Of(Weight(0, 0)));
        Assert.Equal(new LiveChannels(0, null), LiveChannels.Of(Weight()));
        Assert.Equal(new LiveChannels(0, 2), LiveChannels.Of(Weight(float.NaN, 4, 2)));
    }

    private static WeightRange Weight(params float[] channels) =>
        new("w", "conv", 0, [.. channels.Select(value => Math.Min(value, 0))], [.. channels.Select(value => Math.Max(value, 0))]);
}
