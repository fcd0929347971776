using Quantizer.Calibration.Statistics;

namespace Quantizer.Core.Tests.Calibration.Statistics;

public class CalibrationStatisticsTests
{
    [Fact]
    public void Shards_merge_into_the_statistics_of_a_single_run_and_stay_as_they_are()
    {
        CalibrationStatistics first = new(new Dictionary<string, TensorStatistics> { ["x"] = TensorStatisticsTests.Of(1f, -1f) }, 2);
        CalibrationStatistics second = new(new Dictionary<string, TensorStatistics> { ["x"] = TensorStatisticsTests.Of(5f) }, 1);
        CalibrationStatistics merged = first.Merge(second);
        Assert.Equal(3, merged.Samples);
        Assert.Equal(TensorStatisticsTests.Of(1f, -1f, 5f), merged.Tensors["x"]);
        Assert.Equal(TensorStatisticsTests.Of(1f, -1f), first.Tensors["x"]);
        Assert.Equal(TensorStatisticsTests.Of(5f), second.Tensors["x"]);
    }

    [Fact]
    public void Statistics_of_different_tensors_do_not_merge()
    {
        CalibrationStatistics first = new(new Dictionary<string, TensorStatistics> { ["x"] = new() }, 1);
        CalibrationStatistics second = new(new Dictionary<string, TensorStatistics> { ["y"] = new() }, 1);
        Assert.Contains("'x'", Assert.Throws<QuantizationException>(() => first.Merge(second)).Message);
    }
}
