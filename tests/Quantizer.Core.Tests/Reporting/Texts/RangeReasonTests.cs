using Quantizer.Reporting;
using Quantizer.Reporting.Details;
using Quantizer.Reporting.Texts;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Reporting.Texts;

/// <summary>Why a tensor has not the range that was expected to be best for it.</summary>
public class RangeReasonTests
{
    [Fact]
    public void A_tensor_that_was_moved_and_one_that_follows_the_others_are_told_apart()
    {
        TensorHistogram[] all = [Histogram("a", "mse"), Histogram("b", "mse", best: "minmax"), Histogram("c", "minmax")];

        Assert.Equal("", RangeReason.Of(all[0], Report(all)));
        Assert.Equal(
            "1.5 dB less than minmax is expected of it: the outputs decided, which keep most where the network has ranges by mse.",
            RangeReason.Of(all[1], Report(all))
        );
        Assert.Equal(
            "1.5 dB less than mse is expected of it: the outputs decided, which keep more where this tensor alone has its range by minmax.",
            RangeReason.Of(all[2], Report(all))
        );
    }

    [Fact]
    public void Joined_tensors_and_methods_that_were_asked_for_are_told()
    {
        TensorHistogram joined = Histogram("a", "as b"),
            asked = Histogram("c", "minmax");
        QuantizationReport report = Report(joined, asked);

        Assert.Equal(
            "3.5 dB less than mse is expected of it: it has the range of a tensor that it is joined with.",
            RangeReason.Of(joined, report with { Tensors = [new TensorReport("a", 0, 1, [0.1f], 0, "uint8", "as b", 36.5)] })
        );
        Assert.Equal(
            "1.5 dB less than mse is expected of it: --method minmax was asked for.",
            RangeReason.Of(asked, report with { Options = new Dictionary<string, string> { ["method"] = "minmax" } })
        );
    }

    [Fact]
    public void What_is_hardly_less_or_stays_in_float_needs_no_reason()
    {
        TensorHistogram near = Histogram("a", "minmax") with
        {
            Thresholds = [new RangeThreshold("mse", 0, 1, 40), new RangeThreshold("minmax", 0, 2, 39.8)],
        };

        Assert.Equal("", RangeReason.Of(near, Report(near)));
        Assert.Equal("", RangeReason.Of(Histogram("a", ""), Report(near)));
    }

    private static QuantizationReport Report(params TensorHistogram[] histograms) =>
        SampleReports.Small with
        {
            Tensors = [],
            Details = SampleReports.Small.Details! with { Histograms = histograms },
        };

    /// <summary>Of the two selectors the best is expected to keep 40 dB, the other one 38.5 dB.</summary>
    private static TensorHistogram Histogram(string name, string chosen, string best = "mse") =>
        new(
            name,
            0,
            2,
            10,
            0,
            [5, 5],
            [new RangeThreshold("mse", 0, 1, best == "mse" ? 40 : 38.5), new RangeThreshold("minmax", 0, 2, best == "mse" ? 38.5 : 40)],
            chosen,
            0,
            2,
            0.1f
        );
}
