using Quantizer.Calibration.Statistics;
using Quantizer.Core.Tests.Calibration.Statistics;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Densities;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Ranges.Densities;

public class DensityBehindTests
{
    private static readonly FunctionBehind HardSwish = new("HardSwish", 0f);

    [Theory]
    [InlineData("HardSwish", 0f, -4.0, 0.0)]
    [InlineData("HardSwish", 0f, -1.5, -0.375)]
    [InlineData("HardSwish", 0f, 5.0, 5.0)]
    [InlineData("QuickGelu", 1f, 1.0, 0.731058579)]
    [InlineData("QuickGelu", 1.702f, -1.0, -0.154204)]
    public void The_function_has_its_values(string name, float alpha, double x, double expected) =>
        Assert.Equal(expected, new FunctionBehind(name, alpha).At(x), 5);

    [Fact]
    public void Behind_a_hard_swish_no_range_begins_below_minus_three()
    {
        TensorStatistics statistics = Wide();

        foreach (IRangeSelector selector in new IRangeSelector[] { new MinMaxSelector(), new MeanSquaredErrorSelector() })
        {
            Assert.True(new TensorRanges(statistics, QuantizationScheme.UInt8Asymmetric, null).Select(selector).Range.Min < -5f);
            Assert.InRange(new TensorRanges(statistics, QuantizationScheme.UInt8Asymmetric, HardSwish).Select(selector).Range.Min, -3f, 0f);
        }
    }

    [Fact]
    public void Values_whose_result_does_not_change_cost_nothing()
    {
        ValueDensity density = ValueDensity.From(Wide(), HardSwish);
        QuantizationParameters narrow = QuantizationParameters.FromRange(new ValueRange(-3f, 6f), QuantizationScheme.UInt8Asymmetric);
        QuantizationParameters wide = QuantizationParameters.FromRange(new ValueRange(-10f, 6f), QuantizationScheme.UInt8Asymmetric);

        Assert.True(ExpectedError.Of(density, narrow).SqnrDb > ExpectedError.Of(density, wide).SqnrDb + 3);
    }

    [Fact]
    public void Without_a_function_nothing_changes() => Assert.Null(ValueDensity.From(Wide()).Behind);

    /// <summary>From -10 to 6.</summary>
    private static TensorStatistics Wide() => TensorStatisticsTests.Of([.. Enumerable.Range(0, 4001).Select(i => -10f + (0.004f * i))]);
}
