using Quantizer.Equalization.Channels;

namespace Quantizer.Core.Tests.Equalization.Channels;

public class ChannelLayoutTests
{
    private static readonly ChannelLayout Channels = ChannelLayout.Along(4, 1, [5, 6, 7, 8]);

    [Fact]
    public void Spread_over_a_tensor_each_value_has_its_channels_variable()
    {
        Assert.Equal([5, 5, 6, 6, 7, 7, 8, 8], Channels.Spread([1, 4, 1, 2]));
        Assert.Equal([1, 4, 1, 1], ChannelLayout.Of([1, 4, 1, 2], [5, 5, 6, 6, 7, 7, 8, 8]).Sizes);
        Assert.Equal([3, 3], ChannelLayout.Uniform(1, 3).Spread([2]));
    }

    [Fact]
    public void Channels_that_are_laid_into_one_axis_repeat_there()
    {
        ChannelLayout flat = Channels.Reshaped([1, 4, 1, 2], [1, 8]);

        Assert.Equal([1, 8], flat.Sizes);
        Assert.Equal([5, 5, 6, 6, 7, 7, 8, 8], flat.Variables);
        Assert.Equal(Channels.Variables, flat.Reshaped([1, 8], [1, 4, 2]).Variables);
    }

    [Fact]
    public void Shuffled_channels_are_followed()
    {
        ChannelLayout shuffled = Channels
            .Reshaped([1, 4, 3, 3], [1, 2, 2, 3, 3])
            .Transposed([0, 2, 1, 3, 4])
            .Reshaped([1, 2, 2, 3, 3], [1, 4, 3, 3]);

        Assert.Equal([5, 7, 6, 8], shuffled.Variables);
        Assert.Equal(1, shuffled.Axis);
    }

    [Fact]
    public void Chosen_channels_are_left()
    {
        Assert.Equal([6, 8], Channels.Selected(1, [1, 3]).Variables);
        Assert.Equal([1, 1, 1, 1], Channels.Selected(1, [2]).Sizes);
        Assert.Same(Channels, Channels.Selected(2, [0]));
        Assert.Equal([4, 1, 1], Channels.Without(0).Sizes);
        Assert.Equal([1, 1, 4, 1, 1], Channels.Extended(5).Sizes);
    }

    [Fact]
    public void United_variables_have_one_scale_and_locked_ones_that_of_one()
    {
        ChannelVariables variables = new();
        int[] made = variables.New(4);
        variables.Unite(made[0], made[2]);
        variables.Unite(made[3], ChannelVariables.Locked);
        ChannelScales scales = ChannelScales.Of(variables, [1, 0.5, -1, 9, 2]);

        Assert.Equal(Math.Sqrt(2), scales[made[0]], 12);
        Assert.Equal(scales[made[0]], scales[made[2]]);
        Assert.Equal(0.5, scales[made[1]]);
        Assert.Equal(1, scales[made[3]]);
        Assert.Equal(1, scales[ChannelVariables.Locked]);
    }
}
