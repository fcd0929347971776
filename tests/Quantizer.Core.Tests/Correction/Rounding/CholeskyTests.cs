using Quantizer.Correction.Rounding;

namespace Quantizer.Core.Tests.Correction.Rounding;

public class CholeskyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(40)]
    public void The_factor_times_its_transpose_is_the_matrix(int size)
    {
        double[][] matrix = PositiveDefinite(size),
            factor = [.. matrix.Select(row => row.ToArray())];

        Assert.True(Cholesky.TryFactor(factor));

        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
                Assert.Equal(matrix[i][j], Enumerable.Range(0, j + 1).Sum(k => factor[i][k] * factor[j][k]), 1e-9);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_matrix_that_is_not_positive_definite_has_none(double last) =>
        Assert.False(
            Cholesky.TryFactor([
                [2],
                [1, 2],
                [0, 0, last],
            ])
        );

    private static double[][] PositiveDefinite(int size)
    {
        Random random = new(size);
        double[][] columns =
        [
            .. Enumerable.Range(0, size).Select(_ => Enumerable.Range(0, size + 3).Select(_ => random.NextDouble() - 0.5).ToArray()),
        ];
        return
        [
            .. Enumerable
                .Range(0, size)
                .Select(i => Enumerable.Range(0, i + 1).Select(j => columns[i].Zip(columns[j], (a, b) => a * b).Sum()).ToArray()),
        ];
    }
}
