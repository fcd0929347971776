using Quantizer.Comparison;

namespace Quantizer.Core.Tests.Comparison;

public class SampleSpreadTests
{
    [Fact]
    public void Median_and_worst_tenth_are_values_of_the_sorted_list()
    {
        Assert.Equal(new SampleSpread(6, 2), SampleSpread.Of([10, 1, 9, 2, 8, 3, 7, 4, 6, 5]));
        Assert.Equal(new SampleSpread(5, 5), SampleSpread.Of([5]));
        Assert.Equal(new SampleSpread(double.NaN, double.NaN), SampleSpread.Of([]));
    }

    [Fact]
    public void What_is_no_number_is_worse_than_any() =>
        Assert.Equal(double.NaN, SampleSpread.Of([1, double.NaN, double.PositiveInfinity]).WorstTenth);
}
