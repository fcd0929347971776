using Quantizer.Kernels;

namespace Quantizer.Core.Tests.Kernels;

public class FloatBinsTests
{
    [Theory]
    [InlineData(1f, 127 * 64)]
    [InlineData(1.999f, (127 * 64) + 63)]
    [InlineData(2f, 128 * 64)]
    [InlineData(-1f, 16384 + (127 * 64))]
    [InlineData(float.Epsilon, 0)]
    [InlineData(float.MaxValue, (254 * 64) + 63)]
    public void Bins_are_sign_exponent_and_six_bits(float value, int bin) => Assert.Equal(bin, FloatBins.Of(value));

    [Fact]
    public void Every_bin_ends_where_the_next_begins_and_holds_its_values()
    {
        int lastFinite = FloatBins.Of(float.MaxValue);
        for (int bin = 0; bin <= lastFinite; bin++)
        {
            float inner = (float)FloatBins.InnerMagnitude(bin);
            Assert.Equal(FloatBins.InnerMagnitude(bin + FloatBins.FirstNegative), FloatBins.InnerMagnitude(bin));
            Assert.Equal(bin, FloatBins.Of(inner));
            if (bin < lastFinite)
            {
                Assert.Equal(FloatBins.OuterMagnitude(bin), FloatBins.InnerMagnitude(bin + 1));
                Assert.Equal(bin, FloatBins.Of(MathF.BitDecrement((float)FloatBins.OuterMagnitude(bin))));
            }
        }
        Assert.Equal(Math.Pow(2, 128), FloatBins.OuterMagnitude(lastFinite));
    }
}
