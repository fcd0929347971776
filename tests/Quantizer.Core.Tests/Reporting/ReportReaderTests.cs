using System.Text;
using System.Text.Json.Nodes;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Reporting;

public sealed class ReportReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Examples => ["Classifier", "Regressor", "Guessed", "Detector", "Unjudged", "Comparison", "Unpleasant"];

    [Theory]
    [MemberData(nameof(Examples))]
    public void What_was_written_is_read(string example)
    {
        QuantizationReport report = (QuantizationReport)typeof(ExampleReports).GetProperty(example)!.GetValue(null)!;
        string text = JsonReportWriter.ToText(report);

        Assert.Equal(text, JsonReportWriter.ToText(ReportReader.Read(Write(text))));
    }

    [Fact]
    public void A_report_of_a_newer_version_is_refused()
    {
        JsonNode report = JsonNode.Parse(JsonReportWriter.ToText(ExampleReports.Classifier))!;
        report["schema"] = QuantizationReport.CurrentSchema + 1;

        Assert.Contains("its schema is 2, and this version knows those up to 1", Refusal(report.ToJsonString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{ \"schema\": 1 }")]
    public void What_is_no_report_is_refused(string text) => Assert.Contains("is no report that can be read: ", Refusal(text));

    private string Refusal(string text) => Assert.Throws<QuantizationException>(() => ReportReader.Read(Write(text))).Message;

    private string Write(string text) => _folder.Write("report.json", Encoding.UTF8.GetBytes(text));
}
