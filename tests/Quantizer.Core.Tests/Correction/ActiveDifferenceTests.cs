using Quantizer.Core.Tests.Execution;
using Quantizer.Correction;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Correction;

public class ActiveDifferenceTests
{
    private static readonly ValueRange Everything = new(float.NegativeInfinity, float.PositiveInfinity);

    [Fact]
    public void By_hand()
    {
        ActiveDifference difference = ActiveDifference.Of([1, -1, 6, 2, 0, 3], [0.5f, 9, 9, 1, 9, 5], [1, 2, 3], new ValueRange(0, 6));

        // At 0 and 6 the clamp holds already.
        Assert.Equal([0.5, 1 - 2], difference.Sums);
        Assert.Equal([1, 2], difference.Places);
    }

    [Fact]
    public void Networks_that_decide_on_another_length_say_nothing()
    {
        ActiveDifference difference = ActiveDifference.Of([1, 2, 3, 4], [1, 2, 3, 4, 5, 6], [1, 2, 3], Everything);

        Assert.Equal([0, 0], difference.Sums);
        Assert.Equal([0, 0], difference.Places);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 7)]
    [InlineData(2, 8)]
    [InlineData(5, 17)]
    [InlineData(4, 64)]
    public void As_place_by_place(int channels, int each)
    {
        const int Samples = 2;
        float[] fp32 = SmallNetworks.Values(Samples * channels * each, seed: 3),
            quantized = SmallNetworks.Values(fp32.Length, seed: 4);
        foreach (ValueRange bound in new[] { new ValueRange(-0.25f, 0.5f), Everything })
        {
            ActiveDifference difference = ActiveDifference.Of(fp32, quantized, [Samples, channels, each], bound);

            for (int channel = 0; channel < channels; channel++)
            {
                int[] inside =
                [
                    .. Enumerable
                        .Range(0, fp32.Length)
                        .Where(i => i / each % channels == channel && fp32[i] > bound.Min && fp32[i] < bound.Max),
                ];
                Assert.Equal(inside.Length, difference.Places[channel]);
                Assert.Equal(inside.Sum(i => (double)fp32[i] - quantized[i]), difference.Sums[channel], 1e-5);
            }
        }
    }

    [Fact]
    public void Sums_of_samples_add_up_channel_by_channel()
    {
        ActiveDifference sum = ActiveDifference.Sum([new([1, 2], [3, 4]), new([10, 20], [30, 40])]);

        Assert.Equal([11, 22], sum.Sums);
        Assert.Equal([33, 44], sum.Places);
    }

    [Fact]
    public void Outside_counts_what_is_no_number()
    {
        ActiveDifference difference = ActiveDifference.Of([float.NaN, 1], [1, 0], [1, 1, 2], new ValueRange(0, float.PositiveInfinity));

        Assert.Equal([1.0], difference.Sums);
        Assert.Equal([1L], difference.Places);
    }
}
