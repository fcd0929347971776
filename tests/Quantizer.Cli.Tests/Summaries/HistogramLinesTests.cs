using Quantizer.Reporting;
using Quantizer.Reporting.Details;
using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Summaries;

public sealed class HistogramLinesTests
{
    [Theory]
    [InlineData(true, "histogram-unicode.txt")]
    [InlineData(false, "histogram-ascii.txt")]
    public void The_noisiest_tensor_is_drawn_as_approved(bool unicode, string golden)
    {
        string drawn = Drawn(Detailed([.. Enumerable.Range(0, 144).Select(bin => (long)(1e6 * Math.Exp(-bin / 12.0)))]), unicode);

        GoldenFile.Equal(golden, drawn);
        Assert.All(drawn.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        if (!unicode)
            Assert.All(drawn, letter => Assert.InRange(letter, '\0', '~'));
    }

    [Fact]
    public void Nothing_is_drawn_without_values_or_details()
    {
        Assert.Equal("", Drawn(Detailed([]), unicode: true));
        Assert.Equal("", Drawn(ExampleReports.Classifier, unicode: true));
    }

    private static string Drawn(QuantizationReport report, bool unicode)
    {
        using ProgramRun run = new() { Report = report, Adjust = terminal => terminal with { TakesUnicode = unicode } };
        run.Run("m.onnx", "--calib", "c", "--verbose");
        int start = run.Out.IndexOf("\nNoisiest tensor", StringComparison.Ordinal);
        return start < 0 ? "" : run.Out[start..run.Out.IndexOf("\nwarning: ", StringComparison.Ordinal)];
    }

    /// <summary>The tensor with 38.9 dB, the least of the example.</summary>
    private static QuantizationReport Detailed(IReadOnlyList<long> bins) =>
        ExampleReports.Classifier with
        {
            Details = new ReportDetails
            {
                Network = [],
                Errors = [],
                Histograms =
                [
                    new TensorHistogram("input", -2, 2, 10, 0, [1, 2], [], "minmax", -2, 2, 0.02f),
                    new TensorHistogram("/conv1/Conv_output_0", 0, 12, 9_000_000, 0, bins, [], "mse", 0, 6.2831f, 0.0246f),
                ],
                Weights = [],
                Changed = [],
                ChangedInAll = 0,
                Confusions = [],
                Latency = null,
            },
        };
}
