using Quantizer.Calibration.Statistics;

namespace Quantizer.Core.Tests.Calibration.Statistics;

public class BitHistogramTests
{
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
