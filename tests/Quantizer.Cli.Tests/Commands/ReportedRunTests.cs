using System.Text.Json;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Commands;

public sealed class ReportedRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantizer-cli-").FullName;

    [Fact]
    public void Json_is_all_there_is_on_standard_output_and_notes_go_elsewhere()
    {
        using ProgramRun run = new() { During = (observer, _) => observer.Noted("skipped cat.jpg") };

        Assert.Equal(ExitCodes.Done, run.Run("m.onnx", "--calib", "c", "--json", "--verbose"));

        Assert.Equal(JsonReportWriter.ToText(ExampleReports.Classifier) + "\n", run.Out);
        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal(1, json.RootElement.GetProperty("schema").GetInt32());
        Assert.Matches("^[0-9]{2}:[0-9]{2}:[0-9]{2} skipped cat.jpg\n$", run.Error);
    }

    [Fact]
    public void Json_of_a_failed_run_leaves_standard_output_empty()
    {
        using ProgramRun run = new() { During = (_, _) => throw new QuantizationException("Model 'm.onnx' does not exist.") };

        Assert.Equal(ExitCodes.Failed, run.Run("m.onnx", "--calib", "c", "--json"));

        Assert.Equal("", run.Out);
        Assert.Equal("error: Model 'm.onnx' does not exist.\n", run.Error);
    }

    [Fact]
    public void Quiet_prints_warnings_only()
    {
        using ProgramRun run = new() { During = (observer, _) => observer.Noted("a note") };

        Assert.Equal(ExitCodes.Done, run.Run("m.onnx", "--calib", "c", "--quiet"));

        Assert.Equal("", run.Out);
        Assert.StartsWith("warning: /layer3/conv2/Conv: 3.2 %", run.Error);
        Assert.DoesNotContain("note", run.Error);
    }

    [Theory]
    [InlineData(FloorOutcome.Left, ExitCodes.LimitMissed)]
    [InlineData(FloorOutcome.PartlyFloat, ExitCodes.Done)]
    [InlineData(FloorOutcome.Float, ExitCodes.Done)]
    public void A_network_left_below_its_floor_is_told_to_the_shell(FloorOutcome outcome, int code)
    {
        using ProgramRun run = new() { Report = ExampleReports.Regressor with { Floor = new FloorReport(14.3, outcome, [], []) } };

        Assert.Equal(code, run.Run("m.onnx", "--calib", "c", "--no-floor"));
    }

    [Fact]
    public void Random_numbers_say_nothing_of_a_floor()
    {
        QuantizationReport example = ExampleReports.Regressor;
        using ProgramRun run = new()
        {
            Report = example with
            {
                Floor = new FloorReport(14.3, FloorOutcome.Left, [], []),
                Data = example.Data with { Evaluation = example.Data.Evaluation! with { Random = true } },
            },
        };

        Assert.Equal(ExitCodes.Done, run.Run("m.onnx", "--random", "8"));
    }

    [Fact]
    public void Quiet_with_nothing_to_warn_about_prints_nothing()
    {
        using ProgramRun run = new() { Report = ExampleReports.Regressor };

        Assert.Equal(ExitCodes.Done, run.Run("m.onnx", "--calib", "c", "--quiet"));

        Assert.Equal(("", ""), (run.Out, run.Error));
    }

    [Fact]
    public void Every_report_asked_for_is_written_and_named_last()
    {
        string json = Path.Combine(_folder, "r.json");
        string markdown = Path.Combine(_folder, "r.md");
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.Done, run.Run("m.onnx", "--calib", "c", "--report", json, "--report", markdown));

        Assert.Equal(JsonReportWriter.ToText(ExampleReports.Classifier) + "\n", File.ReadAllText(json));
        Assert.StartsWith("# `resnet20.onnx`", File.ReadAllText(markdown));
        string last = run.Out[run.Out.IndexOf("Wrote", StringComparison.Ordinal)..];
        Assert.Contains("resnet20.int8.onnx", last);
        Assert.Contains(json, last);
        Assert.Contains(markdown, last);
    }

    [Fact]
    public void A_report_that_cannot_be_written_fails_the_run_but_the_result_is_told()
    {
        string path = Path.Combine(_folder, "folder.json");
        Directory.CreateDirectory(path);
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.Failed, run.Run("m.onnx", "--calib", "c", "--report", path));

        Assert.Contains("Top-1 accuracy", run.Out);
        Assert.StartsWith($"error: Report '{path}' could not be written", run.Error);
        Assert.EndsWith("Written and whole: 'resnet20.int8.onnx'.\n", run.Error);
    }

    [Fact]
    public void Reports_behind_one_that_cannot_be_written_are_written_and_named()
    {
        string good = Path.Combine(_folder, "good.json"),
            bad = Path.Combine(_folder, "bad.md");
        Directory.CreateDirectory(bad);
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.Failed, run.Run("m.onnx", "--calib", "c", "--report", bad, "--report", good));

        Assert.True(File.Exists(good));
        Assert.EndsWith($"Written and whole: 'resnet20.int8.onnx', '{good}'.\n", run.Error);
    }

    [Fact]
    public void Reports_are_written_though_standard_output_takes_nothing()
    {
        string path = Path.Combine(_folder, "r.json");
        using ProgramRun run = new() { Adjust = terminal => terminal with { Out = new FullDisk() } };

        Assert.Equal(ExitCodes.Failed, run.Run("m.onnx", "--calib", "c", "--report", path));

        Assert.True(File.Exists(path));
        Assert.StartsWith("error: No space left on device. Written and whole: 'resnet20.int8.onnx', '", run.Error);
    }

    [Fact]
    public void The_pipeline_hears_of_reports_and_of_files_of_arguments()
    {
        string arguments = Path.Combine(_folder, "a"),
            report = Path.Combine(_folder, "r.json");
        File.WriteAllText(arguments, $"# remark\n--calib 'c'\n--report \"{report}\"\n");
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.Done, run.Run("m.onnx", "@" + arguments));

        Assert.Equal([report], run.Asked!.ReportPaths);
        Assert.Equal([arguments], run.Asked.ArgumentFiles);
        Assert.Equal(["m.onnx", "--calib", "'c'", "--report", report], run.Asked.Arguments);
    }

    [Theory]
    [InlineData(false, "--report", "r.json", "--report", "r.md")]
    [InlineData(true, "--report", "r.json", "--details")]
    [InlineData(true, "--report", "r.json", "--report", "r.CSV")]
    [InlineData(false)]
    public void Details_are_collected_where_they_are_asked_for_or_drawn(bool expected, params string[] arguments)
    {
        using ProgramRun run = new();

        string[] inFolder = [.. arguments.Select(argument => argument.StartsWith('r') ? Path.Combine(_folder, argument) : argument)];
        Assert.Equal(ExitCodes.Done, run.Run(["m.onnx", "--calib", "c", .. inFolder]));

        Assert.Equal(expected, run.Asked!.Details);
    }

    [Fact]
    public void A_finding_that_is_an_error_is_no_success()
    {
        using ProgramRun run = new() { Report = ExampleReports.Unpleasant };

        Assert.Equal(ExitCodes.Failed, run.Run("m.onnx", "--calib", "c"));

        Assert.Contains("error: a|b: Text with", run.Out);
    }

    private sealed class FullDisk : StringWriter
    {
        public override void Write(char[] buffer, int index, int count) => throw new IOException("No space left on device.");

        public override void Write(string? value) => throw new IOException("No space left on device.");

        public override void WriteLine(string? value) => throw new IOException("No space left on device.");

        public override void WriteLine() => throw new IOException("No space left on device.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
