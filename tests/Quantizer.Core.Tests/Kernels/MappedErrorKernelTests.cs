using Quantizer.Kernels;

namespace Quantizer.Core.Tests.Kernels;

public class MappedErrorKernelTests
{
    /// <summary>The squares of -1, 0, 1 and 2.</summary>
    private static readonly double[] Squares = [1, 0, 1, 4];

    [Theory]
    [InlineData(0.4, 0.16)] // 0.16 becomes the square of 0
    [InlineData(0.5, 0.25)] // half to even
    [InlineData(1.5, -1.75)] // to 2
    [InlineData(5, 21)] // clipped at 2
    [InlineData(-3, 8)] // clipped at -1
    public void A_value_costs_the_square_of_what_its_result_changes_by(double value, double change) =>
        Assert.Equal(3 * change * change, MappedErrorKernel.Sum([value], [value * value], [3], Squares, scale: 1, lowest: -1), 1e-12);

    [Fact]
    public void Vectors_agree_with_the_scalar_twin()
    {
        Random random = new(5);
        double[] levels = [.. Enumerable.Range(0, 256).Select(i => Math.Sin(i))];
        foreach (int length in (int[])[0, 1, 3, 4, 5, 8, 11, 1000, 1001])
        {
            double[] values = [.. Enumerable.Range(0, length).Select(_ => (random.NextDouble() - 0.5) * 400)];
            double[] results = [.. values.Select(Math.Cos)];
            double[] counts = [.. values.Select(_ => (double)random.Next(100))];
            double expected = MappedErrorKernel.SumScalar(values, results, counts, levels, 0.7, -100);
            Assert.Equal(expected, MappedErrorKernel.Sum(values, results, counts, levels, 0.7, -100), 1e-9 * Math.Abs(expected));
        }
    }
}
