using Quantizer.Core.Tests.Calibration.Statistics;
using Quantizer.Ranges.Densities;
using Quantizer.Ranges.Selectors;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Ranges.Selectors;

/// <summary>The search by itself, on costs whose least range is known.</summary>
public class RangeSearchTests
{
    /// <summary>What golden sections promise of a threshold.</summary>
    private const double Tolerance = 0.001;

    [Theory]
    [InlineData(7.7)]
    [InlineData(4.9)]
    [InlineData(3.1)]
    [InlineData(0.57)]
    [InlineData(0.0123)]
    public void One_threshold_is_found_between_the_points_of_the_grid(double threshold)
    {
        ValueRange found = Minimize(-8, 5, QuantizationScheme.Int8Symmetric, range => Distance(range.Max, threshold));

        Assert.Equal(found.Max, -found.Min);
        Assert.InRange(found.Max, threshold * (1 - Tolerance), threshold * (1 + Tolerance));
    }

    [Theory]
    [InlineData(2.9, 0.33)]
    [InlineData(0.071, 4.3)]
    [InlineData(2.9, 5)]
    public void Both_ends_are_found_where_both_are_free(double lower, double upper)
    {
        ValueRange found = Minimize(
            -3,
            5,
            QuantizationScheme.UInt8Asymmetric,
            range => Distance(-range.Min, lower) + Distance(range.Max, upper)
        );

        Assert.InRange(-found.Min, lower * (1 - Tolerance), lower * (1 + Tolerance));
        Assert.InRange(found.Max, upper * (1 - Tolerance), upper * (1 + Tolerance));
    }

    /// <summary>The best lower end depends on the upper one, so that one pass over each does not find the pair.</summary>
    [Fact]
    public void Ends_that_depend_on_each_other_are_improved_in_turn()
    {
        ValueRange found = Minimize(
            -8,
            8,
            QuantizationScheme.UInt8Asymmetric,
            range => Square(-range.Min + range.Max - 6) + 4 * Square(-range.Min - range.Max / 3)
        );

        Assert.InRange(-found.Min, 1.5 * 0.97, 1.5 * 1.03);
        Assert.InRange(found.Max, 4.5 * 0.97, 4.5 * 1.03);
    }

    [Fact]
    public void Of_equal_ranges_the_whole_one_is_taken()
    {
        Assert.Equal(new ValueRange(-3f, 5f), Minimize(-3, 5, QuantizationScheme.UInt8Asymmetric, _ => 1));
        Assert.Equal(new ValueRange(-5f, 5f), Minimize(-3, 5, QuantizationScheme.Int8Symmetric, _ => 1));
    }

    [Fact]
    public void What_is_not_allowed_is_not_taken()
    {
        ValueRange found = Minimize(0, 8, QuantizationScheme.UInt8Asymmetric, range => range.Max < 3 ? double.PositiveInfinity : range.Max);

        Assert.InRange(found.Max, 3, 3 * (1 + Tolerance));
    }

    /// <summary>Each cost is a walk over the whole histogram.</summary>
    [Fact]
    public void An_end_at_zero_is_not_searched()
    {
        int tried = 0;
        ValueRange found = Minimize(0, 5, QuantizationScheme.UInt8Asymmetric, range => Tried(Distance(range.Max, 1.7)));
        int ofOneEnd = tried;
        tried = 0;
        Minimize(-5, 5, QuantizationScheme.Int8Symmetric, range => Tried(Distance(range.Max, 1.7)));

        Assert.Equal(0f, found.Min);
        Assert.Equal(tried, ofOneEnd);

        double Tried(double cost)
        {
            tried++;
            return cost;
        }
    }

    private static ValueRange Minimize(float min, float max, QuantizationScheme scheme, Func<ValueRange, double> cost) =>
        RangeSearch.Minimize(ValueDensity.From(TensorStatisticsTests.Of(min, max)), scheme, cost);

    private static double Distance(double value, double best) => Square(Math.Log(value / best));

    private static double Square(double value) => value * value;
}
