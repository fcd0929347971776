using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Reporting;

public sealed class ReportFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantizer-report-").FullName;

    [Theory]
    [InlineData("r.json", "JSON")]
    [InlineData("a.b/r.JSON", "JSON")]
    [InlineData("r.md", "Markdown")]
    [InlineData("r.markdown", "Markdown")]
    [InlineData("r.xml", "JUnit XML")]
    [InlineData("r.html", "HTML")]
    [InlineData("r.HTM", "HTML")]
    public void The_extension_chooses_the_format(string path, string format) => Assert.Equal(format, ReportFormats.ForPath(path)?.Format);

    [Theory]
    [InlineData("r.txt")]
    [InlineData("r")]
    [InlineData("json")]
    [InlineData("r.json.gz")]
    [InlineData("")]
    public void An_unknown_extension_has_no_writer(string path) => Assert.Null(ReportFormats.ForPath(path));

    [Fact]
    public void A_report_replaces_the_old_file_and_leaves_nothing_else()
    {
        string path = Path.Combine(_folder, "report.json");
        File.WriteAllText(path, "old");

        ReportFile.Write(ExampleReports.Classifier, path);

        Assert.Equal(JsonReportWriter.ToText(ExampleReports.Classifier) + "\n", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_report_that_cannot_be_written_names_the_file_and_leaves_nothing()
    {
        // A folder stands where the file should go, so the last step fails.
        string path = Path.Combine(_folder, "report.md");
        Directory.CreateDirectory(path);

        QuantizationException exception = Assert.Throws<QuantizationException>(() => ReportFile.Write(ExampleReports.Classifier, path));

        Assert.Contains(path, exception.Message);
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_missing_folder_is_told_by_name()
    {
        string path = Path.Combine(_folder, "none", "report.md");

        Assert.Contains(path, Assert.Throws<QuantizationException>(() => ReportFile.Write(ExampleReports.Classifier, path)).Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
