using Quantizer.Correction.Rounding;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Correction.Rounding;

public class SecondMomentsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void They_are_the_covariances_of_a_groups_inputs(int threads)
    {
        RoundedLayer layer = RoundedLayer.OfKind("depthwise", 8, 8);
        float[][] rows = layer.AllRows;

        double[][][] all = SecondMoments.Of(layer.Rows, 2, 14, 9, aroundMeans: true, new SampleWorkers(threads, CancellationToken.None));

        for (int group = 2; group < 16; group++)
        {
            double[][] moments = all[group - 2];

            for (int i = 0; i < 9; i++)
            {
                Assert.Equal(i + 1, moments[i].Length);
                for (int j = 0; j <= i; j++)
                    Assert.Equal(Covariance(rows, group * 9 + i, group * 9 + j), moments[i][j], 1e-4);
            }
        }
    }

    [Fact]
    public void Around_zero_they_are_the_mean_products()
    {
        RoundedLayer layer = RoundedLayer.OfKind("linear");
        float[][] rows = layer.AllRows;

        double[][] moments = SecondMoments.Of(layer.Rows, 0, 1, 256, aroundMeans: false, new SampleWorkers(2, CancellationToken.None))[0];

        foreach ((int i, int j) in new[] { (0, 0), (17, 3), (255, 128) })
            Assert.Equal(rows.Average(row => row[i] * (double)row[j]), moments[i][j], 1e-4);
    }

    private static double Covariance(float[][] rows, int one, int other)
    {
        double first = rows.Average(row => (double)row[one]),
            second = rows.Average(row => (double)row[other]);
        return rows.Average(row => (row[one] - first) * (row[other] - second));
    }
}
