using Quantizer.Calibration;

namespace Quantizer.Core.Tests.Calibration.Statistics;

public class BitHistogramTests
{
    [Theory]
    [InlineData(1f, 127 * 64)]
    [InlineData(1.999f, (127 * 64) + 63)]
    [InlineData(2f, 128 * 64)]
    [InlineData(-1f, 16384 + (127 * 64))]
    [InlineData(float.Epsilon, 0)]
    [InlineData(float.MaxValue, (254 * 64) + 63)]
    public void Bins_are_sign_exponent_and_six_bits(float value, int bin) => Assert.Equal(bin, BitHistogram.BinOf(value));

    [Fact]
    public void Every_bin_ends_where_the_next_begins_and_holds_its_values()
    {
        int lastFinite = BitHistogram.BinOf(float.MaxValue);
        for (int bin = 0; bin <= lastFinite; bin++)
        {
            float inner = (float)BitHistogram.InnerMagnitude(bin);
            Assert.Equal(BitHistogram.InnerMagnitude(bin + BitHistogram.FirstNegativeBin), BitHistogram.InnerMagnitude(bin));
            Assert.Equal(bin, BitHistogram.BinOf(inner));
            if (bin < lastFinite)
            {
                Assert.Equal(BitHistogram.OuterMagnitude(bin), BitHistogram.InnerMagnitude(bin + 1));
                Assert.Equal(bin, BitHistogram.BinOf(MathF.BitDecrement((float)BitHistogram.OuterMagnitude(bin))));
            }
        }
        Assert.Equal(Math.Pow(2, 128), BitHistogram.OuterMagnitude(lastFinite));
    }

    [Fact]
    public void Counts_beyond_32_bits_are_kept_and_merged()
    {
        BitHistogram one = new();
        one.Add(8128, 5_000_000_000);
        BitHistogram other = new();
        other.Add(8128, 6_000_000_000);
        other.Add(3, 1);
        one.Merge(other);
        Assert.Equal(11_000_000_000, one[8128]);
        Assert.Equal(11_000_000_001, one.Total);
        Assert.Equal([new(3, 1L), new(8128, 11_000_000_000L)], one.NonEmptyBins());
    }
}
