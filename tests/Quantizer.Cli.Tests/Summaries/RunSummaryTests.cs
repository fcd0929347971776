using Quantizer.Cli.Terminals;
using Quantizer.Findings;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Summaries;

public sealed class RunSummaryTests
{
    [Fact]
    public void A_classifier_with_labels_reads_as_approved() => GoldenFile.Equal("classifier.txt", Summary(ExampleReports.Classifier));

    [Fact]
    public void A_detector_with_parts_and_right_boxes_reads_as_approved() =>
        GoldenFile.Equal("detector.txt", Summary(ExampleReports.Detector));

    [Fact]
    public void A_regressor_on_arrays_reads_as_approved() => GoldenFile.Equal("regressor.txt", Summary(ExampleReports.Regressor));

    [Fact]
    public void Limits_read_as_approved() => GoldenFile.Equal("limited.txt", Summary(ExampleReports.Limited));

    [Fact]
    public void A_run_without_data_reads_as_approved() => GoldenFile.Equal("unjudged.txt", Summary(ExampleReports.Unjudged, "--verbose"));

    [Fact]
    public void Verbose_adds_nodes_and_tensors_as_approved() =>
        GoldenFile.Equal("classifier-verbose.txt", Summary(ExampleReports.Classifier, "--verbose"));

    [Fact]
    public void Figures_that_are_no_numbers_read_as_approved() =>
        GoldenFile.Equal("unpleasant.txt", Summary(ExampleReports.Unpleasant, "--verbose"));

    [Fact]
    public void A_guessed_preparation_says_that_it_is_one()
    {
        Assert.Contains("a guess: nothing in the model or the data tells", Summary(ExampleReports.Guessed));
    }

    [Fact]
    public void Figures_on_a_guessed_preparation_are_marked_as_approved() =>
        GoldenFile.Equal("guessed.txt", Summary(ExampleReports.Guessed));

    [Theory]
    [InlineData(FindingSeverity.Warning, true)]
    [InlineData(FindingSeverity.Info, false)]
    public void Below_the_findings_it_says_where_more_is_told_of_the_first_warning(FindingSeverity severity, bool isTold)
    {
        Finding[] findings =
        [
            new(FindingSeverity.Info, "data", "A note.", "", "QZ402"),
            new(severity, "latency", "Slow.", "", "QZ102"),
            new(severity, "latency", "Slower.", "", "QZ101"),
        ];
        string summary = Summary(ExampleReports.Classifier with { Findings = findings });

        Assert.Equal(isTold, summary.Contains("\nquantize explain QZ102 tells more.\n\nWrote "));
        Assert.Equal(isTold, summary.Contains("tells more"));
    }

    [Fact]
    public void A_difference_within_its_spread_has_no_colour()
    {
        string summary = Summary(ExampleReports.Guessed, Ink.Ansi);

        Assert.Contains("  no clear difference (1.02x ±0.04)\n", summary);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(120)]
    public void A_narrow_and_a_wide_terminal_read_as_approved(int width)
    {
        string summary = Summary(ExampleReports.Limited, width);

        GoldenFile.Equal($"limited-{width}.txt", summary);
        Assert.All(summary.Split('\n'), line => Assert.InRange(line.Length, 0, width));
    }

    [Theory]
    [InlineData(nameof(ExampleReports.Classifier))]
    [InlineData(nameof(ExampleReports.Regressor))]
    public void No_line_is_longer_than_the_terminal(string name)
    {
        QuantizationReport report = name == nameof(ExampleReports.Classifier) ? ExampleReports.Classifier : ExampleReports.Regressor;

        Assert.All(Summary(report, "--verbose").Split('\n'), line => Assert.InRange(line.Length, 0, Terminal.DefaultWidth));
    }

    [Fact]
    public void A_slower_model_is_shown_in_red_and_a_faster_one_in_green()
    {
        Assert.Contains("\e[31m1.39x slower (±0.02)\e[0m", Summary(ExampleReports.Regressor, Ink.Ansi));
        Assert.Contains("\e[32m2.59x faster (±0.08)\e[0m", Summary(ExampleReports.Classifier, Ink.Ansi));
        Assert.DoesNotContain('\e', Summary(ExampleReports.Regressor, Ink.None));
    }

    [Fact]
    public void Colours_change_no_text()
    {
        string colored = Summary(ExampleReports.Classifier, Ink.Ansi);

        Assert.Equal(Summary(ExampleReports.Classifier), System.Text.RegularExpressions.Regex.Replace(colored, "\e\\[[0-9]+m", ""));
    }

    private static string Summary(QuantizationReport report, params string[] flags) => Summary(report, Ink.None, flags);

    private static string Summary(QuantizationReport report, Ink ink, params string[] flags)
    {
        using ProgramRun run = new() { Report = report, Adjust = terminal => terminal with { Ink = ink } };
        run.Run(["m.onnx", "--calib", "c", .. flags]);
        return run.Out;
    }

    private static string Summary(QuantizationReport report, int width)
    {
        using ProgramRun run = new() { Report = report, Adjust = terminal => terminal with { Width = width } };
        run.Run("m.onnx", "--calib", "c");
        return run.Out;
    }
}
