using Quantizer.Calibration.Statistics;
using Quantizer.Core.Tests.Calibration.Statistics;
using Quantizer.Ranges.Densities;
using Quantizer.Ranges.Selectors;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Ranges.Selectors;

/// <summary>What every selector promises, on every kind of tensor that has been seen to break one.</summary>
public class SelectorContractTests
{
    private static readonly Dictionary<string, Func<float[]>> Tensors = new()
    {
        ["empty"] = () => [],
        ["all zero"] = () => new float[1000],
        ["only NaN"] = () => [float.NaN, float.NaN],
        ["one value"] = () => [3f],
        ["one negative value, repeated"] = () => [-3f, -3f, -3f],
        ["two values"] = () => [-1f, 2f],
        ["all negative"] = () => [.. Distributions.Sample("ReLU Gauss", 20_000).Select(value => -value - 1f)],
        ["all positive"] = () => [.. Distributions.Sample("Log-normal", 20_000).Select(value => value + 5f)],
        ["denormal"] = () => [.. Distributions.Sample("Gauss", 20_000).Select(value => value * 1e-41f)],
        ["tiny"] = () => [.. Distributions.Sample("Gauss", 20_000).Select(value => value * 1e-20f)],
        ["huge"] = () => [.. Distributions.Sample("Gauss", 20_000).Select(value => value * 5e37f)],
        ["largest floats"] = () => [float.MinValue, float.MaxValue, 1f],
        ["saturated at both ends"] = () => [.. Distributions.Sample("Gauss", 20_000).Select(value => Math.Clamp(value, -0.7f, 0.3f))],
        ["one value in a million zeros"] = () => [.. new float[1_000_000], 1f],
        ["one far outlier"] = () => [.. Distributions.Sample("Gauss", 20_000), 1e6f],
        ["with non-finite values"] = () => [.. Distributions.Sample("Gauss", 20_000), float.NaN, float.PositiveInfinity],
    };

    private static readonly IRangeSelector[] Selectors =
    [
        new MinMaxSelector(),
        new PercentileSelector(),
        new PercentileSelector(99.9),
        new PercentileSelector(100),
        new EntropySelector(),
        new MeanSquaredErrorSelector(),
        new AutoSelector(),
    ];

    public static TheoryData<string> TensorNames => [.. Tensors.Keys];

    [Theory]
    [MemberData(nameof(TensorNames))]
    public void Ranges_hold_zero_and_stay_inside_of_the_extremes(string name)
    {
        TensorStatistics statistics = TensorStatisticsTests.Of(Tensors[name]());
        foreach (IRangeSelector selector in Selectors)
        {
            ValueRange range = selector.Select(statistics, QuantizationScheme.UInt8Asymmetric);
            Assert.InRange(range.Min, MathF.Min(statistics.Min, 0f), 0f);
            Assert.InRange(range.Max, 0f, MathF.Max(statistics.Max, 0f));
            Assert.Equal(statistics.NonZeros == 0, range.AbsoluteMaximum == 0f);
        }
    }

    [Theory]
    [MemberData(nameof(TensorNames))]
    public void Symmetric_schemes_get_symmetric_ranges(string name)
    {
        TensorStatistics statistics = TensorStatisticsTests.Of(Tensors[name]());
        foreach (IRangeSelector selector in Selectors)
        {
            ValueRange range = selector.Select(statistics, QuantizationScheme.Int8Symmetric);
            Assert.Equal(range.Max, -range.Min);
            Assert.InRange(range.Max, 0f, MathF.Max(-statistics.Min, statistics.Max));
            Assert.Equal(statistics.NonZeros == 0, range.Max == 0f);
        }
    }

    [Theory]
    [MemberData(nameof(TensorNames))]
    public void Squared_error_is_never_expected_to_be_worse_than_without_clipping(string name)
    {
        TensorStatistics statistics = TensorStatisticsTests.Of(Tensors[name]());
        foreach (QuantizationScheme scheme in (QuantizationScheme[])[QuantizationScheme.UInt8Asymmetric, QuantizationScheme.Int8Symmetric])
        {
            double unclipped = Error(new MinMaxSelector(), statistics, scheme);
            Assert.InRange(Error(new MeanSquaredErrorSelector(), statistics, scheme), 0, unclipped);
            Assert.InRange(Error(new EntropySelector(), statistics, scheme), 0, unclipped);
        }
    }

    [Fact]
    public void A_saturated_tensor_is_not_clipped_further()
    {
        TensorStatistics statistics = TensorStatisticsTests.Of(Tensors["saturated at both ends"]());
        Assert.All(
            Selectors,
            selector =>
            {
                ValueRange range = selector.Select(statistics, QuantizationScheme.UInt8Asymmetric);
                // Less than half a step (1 / 255) of either end.
                Assert.InRange(range.Min, -0.7f, -0.698f);
                Assert.InRange(range.Max, 0.298f, 0.3f);
            }
        );
    }

    private static double Error(IRangeSelector selector, TensorStatistics statistics, QuantizationScheme scheme) =>
        ExpectedError.Of(statistics, QuantizationParameters.FromRange(selector.Select(statistics, scheme), scheme)).SquaredError;
}
