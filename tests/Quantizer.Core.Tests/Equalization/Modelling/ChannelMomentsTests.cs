using Quantizer.Core.Tests.Execution;
using Quantizer.Equalization.Modelling;

namespace Quantizer.Core.Tests.Equalization.Modelling;

public class ChannelMomentsTests
{
    [Theory]
    [InlineData(1, 7)]
    [InlineData(5, 1)]
    [InlineData(3, 33)]
    [InlineData(16, 1)]
    public void Extremes_and_squares_are_those_of_a_plain_loop(int channels, int inner)
    {
        const int outer = 3;
        float[] values = SmallNetworks.Values(outer * channels * inner, seed: channels);
        ChannelMoments moments = new(channels),
            other = new(channels);
        moments.Add(values.AsSpan(0, channels * inner), inner);
        other.Add(values.AsSpan(channels * inner), inner);
        moments.Merge(other);

        for (int channel = 0; channel < channels; channel++)
        {
            float[] own = [.. values.Where((_, i) => i / inner % channels == channel)];
            Assert.Equal(own.Min(), moments.Min[channel]);
            Assert.Equal(own.Max(), moments.Max[channel]);
            Assert.Equal(own.Average(value => (double)value * value), moments.MeanSquares[channel], 5);
        }
        Assert.True(moments.AreFinite);
    }

    [Fact]
    public void Nothing_and_what_is_no_number_have_no_moments()
    {
        ChannelMoments none = new(2),
            infinite = new(2);
        infinite.Add([1f, float.PositiveInfinity], inner: 1);

        Assert.False(none.AreFinite);
        Assert.False(infinite.AreFinite);
    }
}
