using Quantizer.Core.Tests.Calibration.Statistics;
using Quantizer.Ranges.Selectors;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Ranges.Selectors;

/// <summary>True signal-to-noise ratios on the seven distributions: chosen from the histogram, measured on the values.</summary>
public class SelectorQualityTests
{
    public static TheoryData<string, bool> DistributionsAndSymmetry()
    {
        TheoryData<string, bool> data = [];
        foreach (string name in Distributions.Names)
        {
            data.Add(name, false);
            data.Add(name, true);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(DistributionsAndSymmetry))]
    public void Squared_error_is_within_a_tenth_of_a_decibel_of_brute_force(string name, bool isSymmetric)
    {
        float[] values = Distributions.Sample(name);
        double best = TrueError.BruteForceSqnrDb(values, Scheme(isSymmetric));
        Assert.InRange(SqnrDb(values, new MeanSquaredErrorSelector(), isSymmetric), best - 0.1, double.PositiveInfinity);
    }

    [Theory]
    [MemberData(nameof(DistributionsAndSymmetry))]
    public void Entropy_is_never_far_below_no_clipping(string name, bool isSymmetric)
    {
        float[] values = Distributions.Sample(name);
        double unclipped = SqnrDb(values, new MinMaxSelector(), isSymmetric);
        Assert.InRange(SqnrDb(values, new EntropySelector(), isSymmetric), unclipped - 0.3, double.PositiveInfinity);
    }

    [Theory]
    [InlineData("Gauss", 0.4)]
    [InlineData("ReLU Gauss", 0.4)]
    [InlineData("Laplace", 1.5)]
    [InlineData("Gauss with outliers", 0.5)]
    public void Entropy_clips_where_clipping_pays(string name, double gainDb)
    {
        float[] values = Distributions.Sample(name);
        double unclipped = SqnrDb(values, new MinMaxSelector(), isSymmetric: true);
        Assert.InRange(SqnrDb(values, new EntropySelector(), isSymmetric: true), unclipped + gainDb, double.PositiveInfinity);
    }

    [Theory]
    [MemberData(nameof(DistributionsAndSymmetry))]
    public void Automatic_is_never_below_no_clipping_by_more_than_the_histograms_error(string name, bool isSymmetric)
    {
        float[] values = Distributions.Sample(name);
        double unclipped = SqnrDb(values, new MinMaxSelector(), isSymmetric);
        Assert.InRange(SqnrDb(values, new AutoSelector(), isSymmetric), unclipped - 0.05, double.PositiveInfinity);
    }

    private static double SqnrDb(float[] values, IRangeSelector selector, bool isSymmetric)
    {
        ValueRange range = selector.Select(TensorStatisticsTests.Of(values), Scheme(isSymmetric));
        return TrueError.SqnrDb(values, range, Scheme(isSymmetric));
    }

    private static QuantizationScheme Scheme(bool isSymmetric) =>
        isSymmetric ? QuantizationScheme.Int8Symmetric : QuantizationScheme.UInt8Asymmetric;
}
