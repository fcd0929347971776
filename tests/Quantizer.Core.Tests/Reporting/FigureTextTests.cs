using Quantizer.Reporting;

namespace Quantizer.Core.Tests.Reporting;

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
    public void Durations_have_three_digits_in_a_fitting_unit(double milliseconds, string text) => Assert.Equal(text, FigureText.Duration(milliseconds));

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
    [InlineData(2.588, "2.59x faster")]
    [InlineData(0.5, "2.00x slower")]
    [InlineData(1, "equally fast")]
    [InlineData(1.004, "equally fast")]
    [InlineData(0.996, "equally fast")]
    [InlineData(0, "-")]
    [InlineData(double.NaN, "-")]
    [InlineData(double.PositiveInfinity, "-")]
    public void Slower_is_never_called_faster(double speedup, string text) => Assert.Equal(text, FigureText.Speed(speedup));

    [Theory]
    [InlineData(400, 100, "4.00x smaller")]
    [InlineData(100, 150, "1.50x larger")]
    [InlineData(100, 100, "the same")]
    [InlineData(0, 100, "-")]
    public void Size_changes_say_their_direction(long before, long after, string text) => Assert.Equal(text, FigureText.SizeChange(before, after));

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
    [InlineData(null, "identical")]
    [InlineData(double.PositiveInfinity, "identical")]
    [InlineData(double.NaN, "-")]
    [InlineData(double.NegativeInfinity, "-")]
    public void A_ratio_without_error_is_identical(double? decibels, string text) => Assert.Equal(text, FigureText.Decibels(decibels));
}
