using CsCheck;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Schemes;

public class QuantizationParametersTests
{
    private static readonly Gen<float> AnyFinite = Gen.Float.Where(float.IsFinite);

    [Theory]
    // -min / scale = 63.75
    [InlineData(-1f, 3f, 4f / 255f, 64)]
    // widened to hold zero
    [InlineData(1f, 3f, 3f / 255f, 0)]
    [InlineData(-3f, -1f, 3f / 255f, 255)]
    // 2 / 255 is a little more as a float, so that this is no tie
    [InlineData(-1f, 1f, 2f / 255f, 127)]
    // 0.5 and 1.5 of a scale of one: half to even
    [InlineData(-0.5f, 254.5f, 1f, 0)]
    [InlineData(-1.5f, 253.5f, 1f, 2)]
    [InlineData(0f, 0f, 1f, 0)]
    public void Unsigned_asymmetric(float min, float max, float scale, int zeroPoint)
    {
        QuantizationParameters parameters = QuantizationParameters.FromRange(new ValueRange(min, max), QuantizationScheme.UInt8Asymmetric);

        Assert.Equal(scale, parameters.Scale);
        Assert.Equal(zeroPoint, parameters.ZeroPoint);
    }

    [Theory]
    [InlineData(-1f, 3f, 3f / 127f)]
    [InlineData(-4f, 3f, 4f / 127f)]
    [InlineData(2f, 3f, 3f / 127f)]
    [InlineData(0f, 0f, 1f)]
    public void Signed_symmetric(float min, float max, float scale)
    {
        QuantizationParameters parameters = QuantizationParameters.FromRange(new ValueRange(min, max), QuantizationScheme.Int8Symmetric);

        Assert.Equal((scale, 0), (parameters.Scale, parameters.ZeroPoint));
        // -128 is left out, so that the grid mirrors around zero.
        Assert.Equal((-127, 127), (parameters.Scheme.QuantizedMin, parameters.Scheme.QuantizedMax));
    }

    [Fact]
    public void Signed_asymmetric_uses_all_256_values()
    {
        QuantizationParameters parameters = QuantizationParameters.FromRange(
            new ValueRange(-1f, 3f),
            new QuantizationScheme(QuantizedType.Int8, false)
        );

        Assert.Equal((4f / 255f, -64), (parameters.Scale, parameters.ZeroPoint));
    }

    [Theory]
    [InlineData(float.MinValue, float.MaxValue)]
    [InlineData(0f, float.MaxValue)]
    [InlineData(float.MinValue, 0f)]
    [InlineData(0f, float.Epsilon)]
    [InlineData(-1e-40f, 1e-42f)]
    [InlineData(-1e-30f, 1e-30f)]
    [InlineData(-float.Epsilon, float.MaxValue)]
    public void Scales_are_normal_numbers_for_the_largest_and_the_smallest_ranges(float min, float max)
    {
        foreach (QuantizationScheme scheme in (QuantizationScheme[])[QuantizationScheme.UInt8Asymmetric, QuantizationScheme.Int8Symmetric])
        {
            QuantizationParameters parameters = QuantizationParameters.FromRange(new ValueRange(min, max), scheme);

            Assert.True(float.IsNormal(parameters.Scale) && parameters.Scale >= QuantizationParameters.SmallestScale);
            Assert.InRange(parameters.ZeroPoint, scheme.QuantizedMin, scheme.QuantizedMax);
        }
    }

    [Fact]
    public void Any_range_is_covered_to_half_a_quantum_with_zero_on_the_grid() =>
        Gen.Select(AnyFinite, AnyFinite)
            .Sample(
                (a, b) =>
                {
                    ValueRange range = new(MathF.Min(a, b), MathF.Max(a, b));
                    QuantizationParameters parameters = QuantizationParameters.FromRange(range, QuantizationScheme.UInt8Asymmetric);
                    double scale = parameters.Scale,
                        low = scale * -parameters.ZeroPoint,
                        high = scale * (255 - parameters.ZeroPoint);
                    // The share beyond one half is what rounding the scale to a float costs over 255 steps.
                    double slack = scale * 0.5001;
                    return parameters.ZeroPoint is >= 0 and <= 255
                        && low <= 0
                        && high >= 0
                        && low <= range.WithZero.Min + slack
                        && high >= range.WithZero.Max - slack;
                }
            );

    [Fact]
    public void The_range_of_the_integers_ends_is_what_they_stand_for()
    {
        QuantizationParameters parameters = new(0.5f, 10, QuantizationScheme.UInt8Asymmetric);

        Assert.Equal(new ValueRange(-5f, 122.5f), parameters.Range);
    }
}
