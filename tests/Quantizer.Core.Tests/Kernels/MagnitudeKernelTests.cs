using Quantizer.Kernels;

namespace Quantizer.Core.Tests.Kernels;

public class MagnitudeKernelTests
{
    [Theory]
    [InlineData(new float[0], float.PositiveInfinity, 0f)]
    [InlineData(new[] { 0f, -0f }, float.PositiveInfinity, 0f)]
    [InlineData(new[] { 0f, -3f, 1e-40f, 2f }, 1e-40f, 3f)]
    [InlineData(new[] { float.NaN, -2f, float.NaN }, 2f, 2f)]
    [InlineData(new[] { float.NegativeInfinity, 1f }, 1f, float.PositiveInfinity)]
    public void Zeros_and_numbers_that_are_none_take_no_side(float[] values, float least, float largest)
    {
        // Once in vectors, once behind them.
        float[] many = [.. values, .. Enumerable.Repeat(values, 20).SelectMany(some => some)];

        Assert.Equal((least, largest), MagnitudeKernel.Of(values));
        Assert.Equal((least, largest), MagnitudeKernel.Of(many));
    }

    [Fact]
    public void Vectors_agree_with_the_scalar_twin()
    {
        Random random = new(4);
        for (int length = 1; length < 70; length++)
        {
            float[] values =
            [
                .. Enumerable.Range(0, length).Select(_ => (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-44, 30))),
            ];

            Assert.Equal(MagnitudeKernel.OfScalar(values), MagnitudeKernel.Of(values));
        }
    }
}
