using Quantizer.Calibration.Statistics;
using Quantizer.Core.Tests.Calibration.Statistics;
using Quantizer.Core.Tests.Ranges.Selectors;
using Quantizer.Ranges.Densities;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Ranges.Densities;

public class ExpectedErrorTests
{
    private static readonly QuantizationScheme[] Schemes =
    [
        QuantizationScheme.UInt8Asymmetric,
        QuantizationScheme.Int8Symmetric,
        new(QuantizedType.Int8, false),
    ];

    [Fact]
    public void Points_by_hand()
    {
        // Scale 1, integers -127..127: 2.25 is rounded by 0.25, -130 is clipped by 3, zeros cost nothing.
        TensorStatistics statistics = TensorStatisticsTests.Of(2.25f, 2.25f, 0f, -130f);
        ExpectedError error = ExpectedError.Of(statistics, new QuantizationParameters(1f, 0, QuantizationScheme.Int8Symmetric));
        Assert.Equal((2 * 0.0625) + 9, error.SquaredError, 1e-12);
        Assert.Equal(9, error.ClippingError, 1e-12);
        Assert.Equal(0.125, error.RoundingError, 1e-12);
        Assert.Equal((2 * 2.25 * 2.25) + (130 * 130), error.SignalEnergy, 1e-9);
        Assert.Equal(10 * Math.Log10(16910.125 / 9.125), error.SqnrDb, 1e-9);
    }

    [Fact]
    public void A_zero_point_shifts_the_integers_that_there_are()
    {
        // Scale 1, zero point 10: reals -10..245.
        TensorStatistics statistics = TensorStatisticsTests.Of(-12f, 247f);
        ExpectedError error = ExpectedError.Of(statistics, new QuantizationParameters(1f, 10, QuantizationScheme.UInt8Asymmetric));
        Assert.Equal(8, error.SquaredError, 1e-12);
        Assert.Equal(8, error.ClippingError, 1e-12);
    }

    [Fact]
    public void A_spread_bin_by_hand()
    {
        // Besides the extremes 1 and 3, two values in the bin [2, 2.03125); scale 0.5, so 2 is exact and 2.25 the next border.
        TensorStatistics statistics = TensorStatisticsTests.Of(1f, 2.01f, 2.02f, 3f);
        ExpectedError error = ExpectedError.Of(statistics, new QuantizationParameters(0.5f, 0, QuantizationScheme.UInt8Asymmetric));
        Assert.Equal(2 * 0.03125 * 0.03125 / 3, error.SquaredError, 1e-12);
        Assert.Equal(0, error.ClippingError);
    }

    [Fact]
    public void Values_that_are_all_representable_have_no_error() =>
        Assert.Equal(
            double.PositiveInfinity,
            ExpectedError
                .Of(TensorStatisticsTests.Of(0f, 4f, -2f), new QuantizationParameters(2f, 0, QuantizationScheme.Int8Symmetric))
                .SqnrDb
        );

    [Fact]
    public void Expected_and_true_errors_agree_for_every_distribution_and_threshold()
    {
        foreach (string name in Distributions.Names)
        {
            float[] values = Distributions.Sample(name);
            TensorStatistics statistics = TensorStatisticsTests.Of(values);
            foreach (QuantizationScheme scheme in Schemes)
            {
                foreach (float fraction in (float[])[1f, 0.9f, 0.6f, 0.3f])
                {
                    ValueRange range = new(fraction * statistics.Min, fraction * statistics.Max);
                    QuantizationParameters parameters = QuantizationParameters.FromRange(range, scheme);
                    double expected = ExpectedError.Of(statistics, parameters).SquaredError;
                    double actual = TrueError.SquaredError(values, parameters);
                    // Where in its bin a value lies is unknown: 1.5 % = 0.065 dB.
                    Assert.True(
                        Math.Abs(expected - actual) < 0.015 * actual,
                        $"{name} {scheme} {fraction}: expected {expected}, true {actual}"
                    );
                }
            }
        }
    }

    [Fact]
    public void Saturation_at_a_number_that_no_bin_begins_with_is_seen_as_exact()
    {
        float[] values = [.. Distributions.Sample("ReLU6 saturated").Select(value => value * 0.8873f)];
        TensorStatistics statistics = TensorStatisticsTests.Of(values);
        QuantizationParameters parameters = QuantizationParameters.FromRange(
            new ValueRange(0f, values.Max()),
            QuantizationScheme.UInt8Asymmetric
        );
        double actual = TrueError.SquaredError(values, parameters);
        Assert.InRange(ExpectedError.Of(statistics, parameters).SquaredError, 0.99 * actual, 1.01 * actual);
    }

    [Fact]
    public void Clipping_and_rounding_add_up_to_the_error_of_values_outside_and_inside()
    {
        float[] values = Distributions.Sample("Laplace");
        TensorStatistics statistics = TensorStatisticsTests.Of(values);
        ValueRange range = new(-3f, 4f);
        QuantizationParameters parameters = QuantizationParameters.FromRange(range, QuantizationScheme.UInt8Asymmetric);
        ExpectedError error = ExpectedError.Of(statistics, parameters);
        double outside = TrueError.SquaredError(
            [.. values.Where(value => value < parameters.Range.Min || value > parameters.Range.Max)],
            parameters
        );
        Assert.InRange(error.ClippingError, 0.99 * outside, 1.01 * outside);
        Assert.Equal(error.SquaredError, error.ClippingError + error.RoundingError, 1e-9 * error.SquaredError);
    }
}
