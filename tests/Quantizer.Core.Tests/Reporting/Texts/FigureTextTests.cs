using Quantizer.Comparison.Tasks;
using Quantizer.Reporting;
using Quantizer.Reporting.Texts;

namespace Quantizer.Core.Tests.Reporting.Texts;

public sealed class FigureTextTests
{
    [Theory]
    [InlineData(0.0004, "0.000 ms")]
    [InlineData(0.7123, "0.712 ms")]
    [InlineData(1.8437, "1.84 ms")]
    [InlineData(9.9949, "9.99 ms")]
    [InlineData(9.996, "10.0 ms")]
    [InlineData(312.6, "313 ms")]
    [InlineData(1000, "1.00 s")]
    [InlineData(59_940, "59.9 s")]
    [InlineData(125_400, "2 min 05 s")]
    [InlineData(3_725_000, "1 h 02 min")]
    [InlineData(double.NaN, "-")]
    public void Durations_have_three_digits_in_a_fitting_unit(double milliseconds, string text) =>
        Assert.Equal(text, FigureText.Duration(milliseconds));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.00 KiB")]
    [InlineData(1_103_442, "1.05 MiB")]
    [InlineData(312L << 20, "312 MiB")]
    [InlineData(5L << 40, "5.00 TiB")]
    public void Bytes_are_in_binary_units(long bytes, string text) => Assert.Equal(text, FigureText.Bytes(bytes));

    [Fact]
    public void Two_sizes_can_share_a_unit() => Assert.Equal("0.309 MiB", FigureText.Bytes(324_010, like: 1_103_442));

    [Theory]
    [InlineData(2.588, 0.083, "2.59x faster (±0.08)")]
    [InlineData(0.5, 0.01, "2.00x slower (±0.04)")]
    [InlineData(1.04, 0.03, "1.04x faster (±0.03)")]
    [InlineData(1.25, 0.25, "no clear difference (1.25x ±0.25)")]
    [InlineData(1.04, 0.05, "no clear difference (1.04x ±0.05)")]
    [InlineData(0.96, 0.05, "no clear difference (0.96x ±0.05)")]
    [InlineData(3, 5, "no clear difference (3.00x ±5.00)")]
    [InlineData(1.5, double.PositiveInfinity, "no clear difference (1.50x, measured once)")]
    [InlineData(1, 0, "the same")]
    [InlineData(0, 0.1, "-")]
    [InlineData(double.NaN, 0.1, "-")]
    [InlineData(double.PositiveInfinity, 0.1, "-")]
    public void Speed_has_its_spread_and_no_verdict_inside_it(double speedup, double spread, string text) =>
        Assert.Equal(text, FigureText.Speed(speedup, spread));

    [Theory]
    [InlineData(100, "100.00 %")]
    [InlineData(99.999, "99.99 %")]
    [InlineData(0, "0.00 %")]
    public void Only_all_of_it_is_a_hundred_percent(double percent, string text) => Assert.Equal(text, FigureText.Share(percent));

    [Theory]
    [InlineData(FigureUnit.Decibels, 14.5, 15, "14.5 dB")]
    [InlineData(FigureUnit.Decibels, 14.98, 15, "14.98 dB")]
    [InlineData(FigureUnit.Percent, 96.997, 97, "96.997 %")]
    [InlineData(FigureUnit.Ratio, 0.929_99, 0.93, "0.92999")]
    public void What_is_below_a_floor_never_reads_like_it(FigureUnit unit, double figure, double floor, string text) =>
        Assert.Equal(text, FigureText.Below(unit, figure, floor));

    [Fact]
    public void An_output_without_a_signal_has_no_ratio()
    {
        Assert.Equal("all but zero", FigureText.Sqnr(new OutputReport("y", 0.0, 1, AllButZero: true)));
        Assert.Equal("0.0 dB", FigureText.Sqnr(new OutputReport("y", 0.0, 1)));
    }

    [Fact]
    public void An_output_of_whole_numbers_has_no_ratio_but_a_share_that_is_equal()
    {
        OutputReport output = new("class", 23.1, 0.998, MedianDb: 20, WorstTenthDb: 10) { EqualPercent = 99 };

        Assert.Equal(("99.00 % equal", "", ""), (FigureText.Sqnr(output), FigureText.Spread(output), FigureText.Cosine(output)));
        Assert.Equal("identical", FigureText.Sqnr(output with { EqualPercent = 100 }));
    }

    [Theory]
    [InlineData(400, 100, "4.00x smaller")]
    [InlineData(100, 150, "1.50x larger")]
    [InlineData(100, 100, "the same")]
    [InlineData(0, 100, "-")]
    public void Size_changes_say_their_direction(long before, long after, string text) =>
        Assert.Equal(text, FigureText.SizeChange(before, after));

    [Theory]
    [InlineData(-0.05, "-0.05 points")]
    [InlineData(0.5, "+0.50 points")]
    [InlineData(-0.001, "0.00 points")]
    [InlineData(0, "0.00 points")]
    [InlineData(double.NaN, "-")]
    public void Points_carry_their_sign(double points, string text) => Assert.Equal(text, FigureText.Points(points));

    [Theory]
    [InlineData(0.999999, "0.99999")]
    [InlineData(1, "1.00000")]
    [InlineData(double.NaN, "-")]
    public void Only_identical_outputs_have_a_cosine_of_one(double cosine, string text) => Assert.Equal(text, FigureText.Cosine(cosine));

    [Theory]
    [InlineData(34.21, "34.2 dB")]
    [InlineData(-3.04, "-3.0 dB")]
    [InlineData(143.96, "144.0 dB")]
    [InlineData(674.5, "over 144 dB")]
    [InlineData(null, "identical")]
    [InlineData(double.PositiveInfinity, "identical")]
    [InlineData(double.NaN, "-")]
    [InlineData(double.NegativeInfinity, "-")]
    public void A_ratio_without_error_is_identical(double? decibels, string text) => Assert.Equal(text, FigureText.Decibels(decibels));

    [Theory]
    [InlineData(FigureUnit.Percent, 99.1, "99.10 %")]
    [InlineData(FigureUnit.Percent, 99.999, "99.99 %")]
    [InlineData(FigureUnit.Percent, 100.0, "100.00 %")]
    [InlineData(FigureUnit.Decibels, 34.21, "34.2 dB")]
    [InlineData(FigureUnit.Decibels, double.PositiveInfinity, "identical")]
    [InlineData(FigureUnit.Ratio, 0.99996, "0.9999")]
    [InlineData(FigureUnit.Ratio, 0.999999999999, "1.0000")]
    [InlineData(FigureUnit.Ratio, 0.9288, "0.9288")]
    [InlineData(FigureUnit.Bits, 2.12064, "2.1206 bits")]
    [InlineData(FigureUnit.Count, 1204.0, "1,204")]
    [InlineData(FigureUnit.Ratio, double.NaN, "-")]
    [InlineData(FigureUnit.Percent, null, "-")]
    public void A_figure_is_told_in_its_unit(FigureUnit unit, double? figure, string text) =>
        Assert.Equal(text, FigureText.Of(unit, figure));

    [Theory]
    [InlineData(FigureUnit.Percent, 91.65, 91.6, "-0.05 points")]
    [InlineData(FigureUnit.Bits, 2.1206, 2.1251, "+0.0045 bits")]
    [InlineData(FigureUnit.Ratio, 0.768, 0.7612, "-0.0068")]
    [InlineData(FigureUnit.Count, 76.0, 75.0, "")]
    [InlineData(FigureUnit.Ratio, double.NaN, 0.5, "")]
    public void A_change_is_told_in_its_unit(FigureUnit unit, double fp32, double int8, string text) =>
        Assert.Equal(text, FigureText.Change(unit, fp32, int8));

    [Fact]
    public void The_spread_over_the_samples_is_told_where_there_is_an_error()
    {
        OutputReport output = new("y", 34.2, 1, MedianDb: 34.06, WorstTenthDb: 30.11);

        Assert.Equal("median sample 34.1 dB, worst tenth 30.1 dB", FigureText.Spread(output));
        Assert.Equal("", FigureText.Spread(output with { SqnrDb = null }));
        Assert.Equal("", FigureText.Spread(output with { AllButZero = true }));
    }
}
