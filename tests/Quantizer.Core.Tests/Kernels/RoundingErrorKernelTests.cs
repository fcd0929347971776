using Quantizer.Kernels;

namespace Quantizer.Core.Tests.Kernels;

public class RoundingErrorKernelTests
{
    [Theory]
    [InlineData(0, 1, 1.0 / 12)] // one whole step: a twelfth
    [InlineData(0, 0.5, 1.0 / 24)]
    [InlineData(-0.5, 0.5, 1.0 / 12)]
    [InlineData(0.5, 2.5, 2.0 / 12)]
    [InlineData(3, 4, 1.0 / 3)] // beyond the last integer: the integral of x^2 from 0 to 1
    [InlineData(-4, -2, 8.0 / 3)] // before the first: from 0 to 2
    public void Integrals_by_hand_with_integers_from_minus_two_to_three(double from, double to, double expected)
    {
        double integral = RoundingErrorKernel.Integrate([from, to], [-1, 1], scale: 1, lowest: -2, highest: 3);
        Assert.Equal(expected, integral, 1e-14);
    }

    [Fact]
    public void The_scale_enters_with_its_cube() =>
        Assert.Equal(0.125 / 12, RoundingErrorKernel.Integrate([0, 0.5], [-1, 1], scale: 0.5, lowest: 0, highest: 255), 1e-14);

    [Fact]
    public void Vectors_agree_with_the_scalar_twin()
    {
        Random random = new(3);
        foreach (int length in (int[])[0, 1, 3, 4, 5, 8, 11, 1000, 1001])
        {
            double[] edges = [.. Enumerable.Range(0, length).Select(_ => (random.NextDouble() - 0.5) * 600).Order()];
            double[] weights = [.. edges.Select(_ => random.NextDouble())];
            double expected = RoundingErrorKernel.IntegrateScalar(edges, weights, 0.7, -128, 127);
            Assert.Equal(expected, RoundingErrorKernel.Integrate(edges, weights, 0.7, -128, 127), 1e-9 * Math.Abs(expected));
        }
    }
}
