using Quantizer.Ranges.Weights;

namespace Quantizer.Core.Tests.Ranges.Weights;

public class BlockSearchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(15)]
    public void Weights_on_a_grid_of_16_keep_it(int zeroPoint)
    {
        float[] block = [.. Enumerable.Range(0, 32).Select(i => (i % 16 - zeroPoint) * 0.125f)];

        Assert.Equal((0.125f, (byte)zeroPoint), BlockSearch.Find(block));
    }

    [Fact]
    public void A_block_of_zeros_has_a_usable_scale() => Assert.Equal((1f, (byte)0), BlockSearch.Find(new float[32]));

    [Fact]
    public void Weights_that_are_not_finite_are_refused() => Assert.Throws<QuantizationException>(() => BlockSearch.Find([1f, float.NaN]));

    /// <summary>Against symmetric grids and the whole asymmetric range, by the plain formula; the search's own grid of scales is a
    /// coarse one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_symmetric_grid_and_not_the_whole_range_has_noticeably_less_error(int seed)
    {
        Random random = new(seed);
        float[] block = [.. Enumerable.Range(0, 32).Select(_ => (float)(random.NextDouble() + random.NextDouble() - 0.8))];

        (float scale, byte zeroPoint) = BlockSearch.Find(block);

        double found = Error(block, scale, zeroPoint);
        float largest = block.Max(MathF.Abs);
        Assert.All(Enumerable.Range(30, 70), percent => Assert.True(found <= 1.02 * Error(block, largest * percent / 100 / 7, 8)));
        float whole = (block.Max() - block.Min()) / 15;
        Assert.True(found < Error(block, whole, (int)MathF.Round(-block.Min() / whole)));
    }

    private static double Error(float[] block, float scale, int zeroPoint) =>
        block.Sum(weight =>
        {
            double steps = Math.Clamp(Math.Round(weight / (double)scale, MidpointRounding.ToEven), -zeroPoint, 15 - zeroPoint);
            return Math.Pow(weight - steps * scale, 2);
        });
}
