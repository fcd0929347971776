using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Schemes;

public class ProductPairsTests
{
    private static readonly QuantizationScheme Scheme = QuantizationScheme.Int8Symmetric;

    [Fact]
    public void Neighbours_of_a_column_are_pairs() => Assert.Equal([(0, 1), (2, 3)], new ProductPairs(Summed: 4, Taps: 1).In(4));

    [Fact]
    public void The_last_of_an_odd_number_has_no_partner() => Assert.Equal([1, 0, -1], new ProductPairs(Summed: 3, Taps: 1).Partners(3));

    /// <summary>Two channels at two places lie as c0p0 c0p1 c1p0 c1p1 and are summed as c0p0 c1p0 c0p1 c1p1.</summary>
    [Fact]
    public void Channels_at_one_place_of_a_kernel_are_pairs() => Assert.Equal([(0, 2), (1, 3)], new ProductPairs(Summed: 4, Taps: 2).In(4));

    /// <summary>Three channels: the third at one place meets the first at the next.</summary>
    [Fact]
    public void Pairs_go_on_from_place_to_place() => Assert.Equal([(0, 2), (4, 1), (3, 5)], new ProductPairs(Summed: 6, Taps: 2).In(6));

    [Fact]
    public void Sums_behind_each_other_have_pairs_of_their_own() =>
        Assert.Equal([(0, 1), (3, 4)], new ProductPairs(Summed: 3, Taps: 1).In(6));

    /// <summary>Of [2, 2, 1] with the channels along the second axis.</summary>
    [Fact]
    public void In_a_tensor_channels_lie_between_the_weights_of_a_channel() =>
        Assert.Equal([(0, 4)], new ProductPairs(Summed: 2, Taps: 1).InTensor(8, channels: 4, inner: 1));

    [Fact]
    public void A_tensor_without_channels_has_none() =>
        Assert.Empty(new ProductPairs(Summed: 4, Taps: 1).InTensor(0, channels: 0, inner: 4));

    [Theory]
    [InlineData(100f, 100f)]
    [InlineData(-127f, -3.4f)]
    [InlineData(64.5f, 64.49f)]
    [InlineData(127.9f, 1.4f)]
    [InlineData(90.2f, 60.7f)]
    [InlineData(300f, 20f)]
    [InlineData(-64f, -64f)]
    [InlineData(100f, -100f)]
    [InlineData(0f, 127f)]
    public void A_pair_is_rounded_to_the_nearest_that_fits(float first, float second)
    {
        (int a, int b) = ProductPairs.Round(first, second, Scheme);

        Assert.InRange(a + b, -ProductPairs.LargestSum, ProductPairs.LargestSum);
        double least = double.PositiveInfinity;
        for (int one = -127; one <= 127; one++)
        {
            for (int other = -127; other <= 127; other++)
            {
                if (Math.Abs(one + other) <= ProductPairs.LargestSum)
                    least = Math.Min(least, Error(one, other));
            }
        }
        Assert.Equal(least, Error(a, b), 1e-3);

        double Error(int one, int other) => (first - one) * (first - one) + (second - other) * (second - other);
    }
}
