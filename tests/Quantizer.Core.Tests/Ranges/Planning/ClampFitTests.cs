using CsCheck;
using Quantizer.Placement.Contract;
using Quantizer.Ranges.Planning;
using Quantizer.Schemes;
using Quantizer.Targets;

namespace Quantizer.Core.Tests.Ranges.Planning;

public class ClampFitTests
{
    private static readonly QuantizationScheme Scheme = QuantizationScheme.UInt8Asymmetric;
    private static readonly Target Target = QuantizationTarget.Default.Target;

    [Fact]
    public void Without_a_clamp_the_range_is_taken_as_it_is() =>
        Assert.Equal(new QuantizationParameters(4f / 255f, 64, Scheme), ClampFit.Fit(new ValueRange(-1f, 3f), null, Scheme, Target));

    [Fact]
    public void A_range_is_cut_to_the_clamp()
    {
        Assert.Equal(
            new QuantizationParameters(6f / 255f, 0, Scheme),
            ClampFit.Fit(new ValueRange(-1f, 8f), new ValueRange(0f, 6f), Scheme, Target)
        );
        Assert.Equal(
            new QuantizationParameters(3f / 255f, 0, Scheme),
            ClampFit.Fit(new ValueRange(-1f, 3f), new ValueRange(0f, float.PositiveInfinity), Scheme, Target)
        );
        Assert.Equal(
            new QuantizationParameters(2f / 255f, 0, Scheme),
            ClampFit.Fit(new ValueRange(0f, 2f), new ValueRange(0f, 6f), Scheme, Target)
        );
    }

    [Fact]
    public void A_symmetric_clamp_costs_less_than_one_quantum()
    {
        // With 2 / 255 and zero point 127, the upper end of the integers is 128 quanta: 1.004, beyond the clamp.
        QuantizationParameters parameters = ClampFit.Fit(new ValueRange(-1f, 1f), new ValueRange(-1f, 1f), Scheme, Target);

        Assert.True(Target.Absorbs(parameters, new ValueRange(-1f, 1f)));
        Assert.InRange(parameters.Scale, 2f / 255f * (1 - 1f / 127f), 2f / 255f);
    }

    [Theory]
    [InlineData(0f, 6f)]
    [InlineData(-1f, 1f)]
    [InlineData(0f, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, 0.5f)]
    public void A_clamp_that_only_zeros_came_through_disappears_too(float min, float max)
    {
        ValueRange clamp = new(min, max);

        Assert.True(Target.Absorbs(ClampFit.Fit(new ValueRange(0f, 0f), clamp, Scheme, Target), clamp));
    }

    [Theory]
    [InlineData(-9.578125f, 0f, -5.685e-30f, 0f)]
    [InlineData(0f, 6f, 0f, 1e-14f)]
    [InlineData(0f, 6f, 0f, 1e-12f)]
    [InlineData(-1f, 1f, -1e-20f, 1e-14f)]
    public void A_clamp_that_only_tiny_values_came_through_disappears_too(float min, float max, float smallest, float largest)
    {
        ValueRange clamp = new(min, max);

        Assert.True(Target.Absorbs(ClampFit.Fit(new ValueRange(smallest, largest), clamp, Scheme, Target), clamp));
    }

    [Theory]
    // One quantum is 0.0235: half of it is the most that the range may exceed the clamp.
    [InlineData(6.01f, true)]
    [InlineData(6.02f, false)]
    public void The_clamp_disappears_when_its_bounds_lie_at_the_ends_of_the_integers(float max, bool absorbed) =>
        Assert.Equal(absorbed, Target.Absorbs(new QuantizationParameters(max / 255f, 0, Scheme), new ValueRange(0f, 6f)));

    [Fact]
    public void A_Relu_needs_a_zero_point_of_zero()
    {
        ValueRange relu = new(0f, float.PositiveInfinity);
        Assert.True(Target.Absorbs(new QuantizationParameters(0.1f, 0, Scheme), relu));
        Assert.False(Target.Absorbs(new QuantizationParameters(0.1f, 1, Scheme), relu));
    }

    [Fact]
    public void Any_range_fits_into_any_clamp_around_zero() =>
        Gen.Select(Gen.Int[-640, 0], Gen.Int[0, 640], Gen.Float[-20f, 20f], Gen.Float[-20f, 20f])
            .Where((low, high, _, _) => high > low)
            .Sample(
                (low, high, a, b) =>
                {
                    ValueRange clamp = new(low / 64f, high / 64f);
                    QuantizationParameters parameters = ClampFit.Fit(
                        new ValueRange(MathF.Min(a, b), MathF.Max(a, b)),
                        clamp,
                        Scheme,
                        Target
                    );
                    return Target.Absorbs(parameters, clamp);
                }
            );
}
