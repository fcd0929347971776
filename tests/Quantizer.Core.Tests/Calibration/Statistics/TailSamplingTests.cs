using Quantizer.Calibration.Statistics;
using Quantizer.Core.Tests.Ranges.Selectors;
using Quantizer.Kernels;
using Quantizer.Ranges.Selectors;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Calibration.Statistics;

public class TailSamplingTests
{
    [Fact]
    public void Everything_but_the_body_stays_exact()
    {
        float[] values = Distributions.Sample("ReLU Gauss");
        TensorStatistics exact = TensorStatisticsTests.Of(values);
        TensorStatistics sampled = Sampled(values);
        Assert.Equal((exact.Count, exact.Zeros, exact.NonFinite), (sampled.Count, sampled.Zeros, sampled.NonFinite));
        Assert.Equal(exact.Extremes, sampled.Extremes);
        foreach ((int bin, long count) in exact.Histogram.NonEmptyBins().Where(bin => FloatBins.InnerMagnitude(bin.Key) >= exact.Max / 2))
            Assert.Equal(count, sampled.Histogram[bin]);
        Assert.NotEqual(exact.Histogram, sampled.Histogram);
        Assert.InRange(sampled.Histogram.Total, 0.98 * exact.NonZeros, 1.02 * exact.NonZeros);
    }

    [Fact]
    public void The_order_of_the_samples_does_not_matter()
    {
        float[][] samples =
        [
            .. Enumerable.Range(1, 6).Select(i => Distributions.Sample("Swish", 5000 * i).Select(value => value * i).ToArray()),
        ];
        TensorStatistics forwards = Sampled(samples);
        Array.Reverse(samples);
        TensorStatistics backwards = Sampled(samples[..2]);
        backwards.Merge(Sampled(samples[2..]));
        Assert.Equal(forwards, backwards);
        Assert.Equal(TensorStatisticsTests.Bytes(forwards), TensorStatisticsTests.Bytes(backwards));
    }

    [Fact]
    public void Short_samples_are_counted_whole()
    {
        float[] values = Distributions.Sample("Gauss", TailSampling.ShortestSampled - 1);
        Assert.Equal(TensorStatisticsTests.Of(values), Sampled(values));
    }

    [Fact]
    public void Samples_with_non_finite_values_are_counted_whole()
    {
        float[] values = [.. Distributions.Sample("Gauss", 10_000), float.NaN, float.PositiveInfinity];
        Assert.Equal(TensorStatisticsTests.Of(values), Sampled(values));
    }

    [Fact]
    public void Zeros_alone_are_only_counted()
    {
        TensorStatistics statistics = Sampled(new float[50_000]);
        Assert.Equal((50_000, 50_000, 0), (statistics.Count, statistics.Zeros, statistics.Histogram.Total));
    }

    [Fact]
    public void Thresholds_chosen_from_sampled_statistics_are_nearly_as_good()
    {
        MeanSquaredErrorSelector selector = new();
        QuantizationScheme scheme = QuantizationScheme.UInt8Asymmetric;
        foreach (string name in Distributions.Names)
        {
            float[] values = Distributions.Sample(name);
            double exact = TrueError.SqnrDb(values, selector.Select(TensorStatisticsTests.Of(values), scheme), scheme);
            double sampled = TrueError.SqnrDb(values, selector.Select(Sampled(values), scheme), scheme);
            Assert.True(sampled > exact - 0.1, $"{name}: {sampled:F2} dB sampled, {exact:F2} dB exact");
        }
    }

    private static TensorStatistics Sampled(params float[][] samples)
    {
        TensorStatistics statistics = new();
        foreach (float[] sample in samples)
            statistics.AddSampled(sample);
        return statistics;
    }
}
