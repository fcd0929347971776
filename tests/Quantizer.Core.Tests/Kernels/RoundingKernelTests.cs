using Quantizer.Kernels;

namespace Quantizer.Core.Tests.Kernels;

public class RoundingKernelTests
{
    [Fact]
    public void Halves_go_to_the_even_integer_and_what_is_too_large_to_the_last_one()
    {
        float[] values = [0.5f, 1.5f, 2.5f, -0.5f, -1.5f, 300, -300, 3];
        float[] scales = [1, 1, 1, 1, 1, 1, 1, 0.01f];
        byte[] rounded = new byte[values.Length];

        RoundingKernel.Round(values, scales, -127, 127, rounded);

        Assert.Equal([0, 2, 2, 0, -2, 127, -127, 127], rounded.Select(value => (int)(sbyte)value));
    }

    [Theory]
    [InlineData(-127, 127)]
    [InlineData(-64, 63)]
    [InlineData(0, 255)]
    public void Vectors_agree_with_the_scalar_twin(int lowest, int highest)
    {
        Random random = new(5);
        foreach (int length in (int[])[0, 1, 31, 32, 33, 64, 100, 1000])
        {
            float[] values = [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() - 0.5f) * 4)];
            float[] scales = [.. values.Select(_ => 0.001f + random.NextSingle() * 0.02f)];
            byte[] rounded = new byte[length];

            RoundingKernel.Round(values, scales, lowest, highest, rounded);

            Assert.Equal(
                values.Zip(scales, (value, scale) => unchecked((byte)RoundingKernel.Step(value, scale, lowest, highest))),
                rounded
            );
        }
    }
}
