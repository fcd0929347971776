using System.Globalization;
using System.Text;
using Quantizer.Reporting;
using Quantizer.Reporting.Details;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Reporting;

public sealed class CsvReportWriterTests
{
    private static readonly QuantizationReport Detailed = ExampleReports.Classifier with
    {
        Details = new ReportDetails
        {
            Network = [new LinkedNode(ExampleReports.Classifier.Nodes[0].Name, ["x"], ["y"], 442368)],
            Errors =
            [
                new TensorError(ExampleReports.Classifier.Tensors[0].Name, ExampleReports.Classifier.Nodes[0].Name, 31.25, 40.5, 42.125),
                new TensorError("probabilities", "softmax", 28, null, null),
            ],
            Histograms = [],
            Weights = [],
            Changed = [],
            ChangedInAll = 0,
            Confusions = [],
            Latency = null,
            Costs = new OutputCosts(8, 1, [new LayerCost(ExampleReports.Classifier.Nodes[0].Name, 36.5, 1.25)], "", 31, 40, 32),
        },
    };

    [Fact]
    public void A_classifier_with_details_reads_as_approved() => GoldenFile.Equal("detailed.csv", Draw(Detailed));

    [Fact]
    public void A_run_without_details_leaves_empty_what_was_not_measured() =>
        GoldenFile.Equal("classifier.csv", Draw(ExampleReports.Classifier));

    [Fact]
    public void Hostile_names_and_missing_numbers_read_as_approved() => GoldenFile.Equal("unpleasant.csv", Draw(ExampleReports.Unpleasant));

    [Fact]
    public void Every_row_has_as_many_cells_as_the_header()
    {
        string[] lines = Draw(Detailed).TrimEnd('\n').Split('\n');

        Assert.All(lines, line => Assert.Equal(17, line.Count(letter => letter == ',')));
        Assert.Equal(1 + Detailed.Nodes.Count + Detailed.Tensors.Count + 1, lines.Length);
    }

    [Theory]
    [InlineData("=1+2", "'=1+2")]
    [InlineData("+x", "'+x")]
    [InlineData("-x", "'-x")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"a\"", "\"say \"\"a\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    public void Names_are_text_whatever_they_begin_with_and_quoted_where_they_must_be(string name, string cell)
    {
        QuantizationReport report = ExampleReports.Classifier with
        {
            Nodes = [ExampleReports.Classifier.Nodes[0] with { Name = name, Reason = "" }],
            Tensors = [],
        };

        Assert.Contains($"\nnode,{cell},", Draw(report));
    }

    [Fact]
    public void Numbers_do_not_depend_on_the_country()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string expected = Draw(Detailed);
        try
        {
            CultureInfo other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            other.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = other;
            Assert.Equal(expected, Draw(Detailed));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_extension_names_the_format_and_asks_for_details()
    {
        Assert.IsType<CsvReportWriter>(ReportFormats.ForPath("out.CSV"));
        Assert.True(ReportFormats.ShowsDetails("out.CSV"));
        Assert.True(ReportFormats.ShowsDetails("out.html"));
        Assert.False(ReportFormats.ShowsDetails("out.json"));
        Assert.False(ReportFormats.ShowsDetails("out.md"));
    }

    private static string Draw(QuantizationReport report)
    {
        using MemoryStream stream = new();
        new CsvReportWriter().Write(report, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
