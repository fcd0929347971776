using System.Text;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Reporting;

public sealed class MarkdownReportWriterTests
{
    [Fact]
    public void What_was_tried_is_folded_away()
    {
        using MemoryStream stream = new();
        new MarkdownReportWriter().Write(SampleReports.Small, stream);
        string text = System.Text.Encoding.UTF8.GetString(stream.ToArray());

        Assert.Contains("<summary>5 candidates tried, 2 taken</summary>", text);
        Assert.Contains("| ranges | mse, weights by minmax | yes | 30.9 dB |  | 64 |", text);
        Assert.Contains("| float | 2 nodes whose integers take longer | yes | 1.21x as fast |  |  |", text);
    }

    [Fact]
    public void A_classifier_with_labels_reads_as_approved() => GoldenFile.Equal("classifier.md", Draw(ExampleReports.Classifier));

    [Fact]
    public void A_regressor_on_arrays_reads_as_approved() => GoldenFile.Equal("regressor.md", Draw(ExampleReports.Regressor));

    [Fact]
    public void A_detector_with_parts_and_right_boxes_reads_as_approved() => GoldenFile.Equal("detector.md", Draw(ExampleReports.Detector));

    [Fact]
    public void Figures_on_a_guessed_preparation_are_marked_as_approved() => GoldenFile.Equal("guessed.md", Draw(ExampleReports.Guessed));

    [Fact]
    public void Limits_read_as_approved() => GoldenFile.Equal("limited.md", Draw(ExampleReports.Limited));

    [Fact]
    public void A_run_without_data_reads_as_approved() => GoldenFile.Equal("unjudged.md", Draw(ExampleReports.Unjudged));

    [Fact]
    public void A_comparison_reads_as_approved() => GoldenFile.Equal("comparison.md", Draw(ExampleReports.Comparison));

    [Fact]
    public void Hostile_names_and_missing_numbers_read_as_approved() => GoldenFile.Equal("unpleasant.md", Draw(ExampleReports.Unpleasant));

    [Fact]
    public void Every_table_row_has_as_many_cells_as_its_header()
    {
        int cells = 0;
        foreach (string line in Draw(ExampleReports.Unpleasant).Split('\n'))
        {
            if (!line.StartsWith('|'))
            {
                cells = 0;
                continue;
            }
            // An escaped bar is text.
            int count = line.Replace("\\|", "", StringComparison.Ordinal).Count(letter => letter == '|');
            Assert.True(cells == 0 || cells == count, line);
            cells = count;
        }
    }

    [Fact]
    public void Names_from_a_model_cannot_open_an_element()
    {
        string text = Draw(ExampleReports.Unpleasant);

        Assert.Contains("`` a\\|b`c*<script> ``", text);
        Assert.Contains("\\<b>bold\\</b>", text);
    }

    private static string Draw(QuantizationReport report)
    {
        using MemoryStream stream = new();
        new MarkdownReportWriter().Write(report, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
