using Quantizer.Calibration.Statistics;
using Quantizer.Core.Tests.Calibration.Statistics;
using Quantizer.Ranges.Densities;
using Quantizer.Ranges.Selectors;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Ranges.Selectors;

public class AutoSelectorTests
{
    [Fact]
    public void All_methods_are_ranked_and_the_first_is_selected()
    {
        TensorStatistics statistics = TensorStatisticsTests.Of(Distributions.Sample("Gauss with outliers"));
        IReadOnlyList<RangeCandidate> ranked = AutoSelector.Rank(statistics, QuantizationScheme.UInt8Asymmetric);
        Assert.Equal(
            ["entropy", "minmax", "mse", "percentile:99.99", "percentile:99.999"],
            ranked.Select(candidate => candidate.Method).Order()
        );
        Assert.Equal(ranked[0].Range, new AutoSelector().Select(statistics, QuantizationScheme.UInt8Asymmetric));
        // On this tensor 99.99 % cuts into the outliers that hold the energy.
        Assert.Equal("percentile:99.99", ranked[^1].Method);
    }

    [Fact]
    public void Every_candidate_is_named_by_a_selector_that_gives_its_range_and_error()
    {
        TensorStatistics statistics = TensorStatisticsTests.Of(Distributions.Sample("Log-normal"));
        foreach (RangeCandidate candidate in AutoSelector.Rank(statistics, QuantizationScheme.Int8Symmetric))
        {
            Assert.Equal(
                candidate.Range,
                RangeMethod.Parse(candidate.Method).Selectors[0].Select(statistics, QuantizationScheme.Int8Symmetric)
            );
            QuantizationParameters parameters = QuantizationParameters.FromRange(candidate.Range, QuantizationScheme.Int8Symmetric);
            Assert.Equal(ExpectedError.Of(statistics, parameters).SqnrDb, candidate.ExpectedSqnrDb);
        }
    }

    [Fact]
    public void A_saturated_tensor_has_one_candidate_named_after_the_plainest_method() =>
        Assert.Equal(
            "minmax",
            AutoSelector
                .Rank(TensorStatisticsTests.Of(Distributions.Sample("ReLU6 saturated")), QuantizationScheme.UInt8Asymmetric)[0]
                .Method
        );

    [Fact]
    public void Clipping_counts_more_than_rounding()
    {
        // The range of least squared error clips more than the one that is ranked first.
        TensorStatistics statistics = TensorStatisticsTests.Of(Distributions.Sample("Laplace"));
        IReadOnlyList<RangeCandidate> ranked = AutoSelector.Rank(statistics, QuantizationScheme.Int8Symmetric);
        double Weighted(RangeCandidate candidate)
        {
            ExpectedError error = ExpectedError.Of(
                statistics,
                QuantizationParameters.FromRange(candidate.Range, QuantizationScheme.Int8Symmetric)
            );
            return error.RoundingError + (3 * error.ClippingError);
        }
        Assert.Equal(ranked.OrderBy(Weighted), ranked);
    }

    [Fact]
    public void Zeros_alone_give_the_empty_range() =>
        Assert.Equal(
            [new RangeCandidate("minmax", default, double.PositiveInfinity)],
            AutoSelector.Rank(TensorStatisticsTests.Of(0f, 0f), QuantizationScheme.UInt8Asymmetric)
        );
}
