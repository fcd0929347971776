using Quantizer.Core.Tests.Calibration.Statistics;
using Quantizer.Ranges.Selectors;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Ranges.Selectors;

public class PercentileSelectorTests
{
    private const double BinWidth = 1.0 / 64;

    [Theory]
    [InlineData(99.9)]
    [InlineData(99.99)]
    public void A_one_sided_tensor_loses_the_whole_share_at_its_open_end(double percent)
    {
        float[] values = Distributions.Sample("ReLU Gauss");
        ValueRange range = Select(values, percent, QuantizationScheme.UInt8Asymmetric);
        Assert.Equal(0f, range.Min);
        Assert.InRange(range.Max, Quantile(values, percent) * (1 - BinWidth), Quantile(values, percent) * (1 + BinWidth));
    }

    [Fact]
    public void A_two_sided_tensor_loses_half_of_the_share_at_each_end()
    {
        float[] values = Distributions.Sample("Swish");
        ValueRange range = Select(values, 99.9, QuantizationScheme.UInt8Asymmetric);
        float upper = Quantile(values, 99.95);
        float lower = Quantile(values, 0.05);
        Assert.InRange(range.Max, upper * (1 - BinWidth), upper * (1 + BinWidth));
        Assert.InRange(range.Min, lower * (1 + BinWidth), lower * (1 - BinWidth));
    }

    [Fact]
    public void Symmetric_schemes_cut_by_magnitude()
    {
        float[] values = Distributions.Sample("Laplace");
        float expected = Quantile([.. values.Select(MathF.Abs)], 99.9);
        Assert.InRange(Select(values, 99.9, QuantizationScheme.Int8Symmetric).Max, expected * (1 - BinWidth), expected * (1 + BinWidth));
    }

    [Fact]
    public void A_hundred_percent_is_the_whole_range() =>
        Assert.Equal(new ValueRange(-1f, 7f), Select([-1f, 2f, 7f], 100, QuantizationScheme.UInt8Asymmetric));

    [Fact]
    public void A_share_of_less_than_one_value_cuts_nothing()
    {
        float[] values = Distributions.Sample("Gauss", 1000);
        Assert.Equal(new ValueRange(values.Min(), values.Max()), Select(values, 99.95, QuantizationScheme.UInt8Asymmetric));
    }

    [Fact]
    public void Values_together_at_an_end_are_kept_together() =>
        // 1 % may be cut, but 5 % lie at 2.
        Assert.Equal(
            new ValueRange(0f, 2f),
            Select([.. Enumerable.Repeat(1f, 95), .. Enumerable.Repeat(2f, 5)], 99, QuantizationScheme.UInt8Asymmetric)
        );

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(100.1)]
    [InlineData(double.NaN)]
    public void Impossible_percentages_are_refused(double percent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PercentileSelector(percent));

    private static ValueRange Select(float[] values, double percent, QuantizationScheme scheme) =>
        new PercentileSelector(percent).Select(TensorStatisticsTests.Of(values), scheme);

    private static float Quantile(float[] values, double percent) => values.Order().ElementAt((int)(values.Length * percent / 100));
}
