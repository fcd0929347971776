using System.Text.Json;
using Quantizer.Pipeline;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Commands;

public sealed class InspectCommandTests
{
    [Fact]
    public void A_model_is_described_as_approved()
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.Done, run.Run("inspect", "resnet20.onnx"));

        Assert.Equal("resnet20.onnx", run.AskedToInspect!.ModelPath);
        GoldenFile.Equal("inspect.txt", run.Out);
    }

    [Fact]
    public void Verbose_names_the_nodes_left_in_float()
    {
        using ProgramRun run = new();

        run.Run("inspect", "resnet20.onnx", "--verbose");

        GoldenFile.Equal("inspect-verbose.txt", run.Out);
    }

    [Fact]
    public void Work_that_depends_on_open_sizes_is_given_as_far_as_it_is_known()
    {
        using ProgramRun run = new()
        {
            Inspection = ExampleInspections.Classifier with { Macs = null, MacsAtLeast = 147_456, PercentPlaced = null },
        };

        run.Run("inspect", "m.onnx");

        Assert.Contains("at least 147,456 multiply-accumulates per sample, the rest", run.Out);
        Assert.DoesNotContain("would be placed", run.Out);
    }

    [Fact]
    public void A_quantized_model_of_unknown_shapes_says_so()
    {
        using ProgramRun run = new()
        {
            Inspection = ExampleInspections.Classifier with
            {
                IsQuantized = true,
                Macs = null,
                MacsAtLeast = 0,
                PercentPlaced = null,
                Nodes = [],
                Findings = [],
            },
        };

        run.Run("inspect", "m.onnx");

        Assert.Contains("  Work            unknown, because it depends on sizes that the model leaves", run.Out);
        Assert.Contains("the model is quantized already", run.Out);
        Assert.DoesNotContain("Left in float", run.Out);
    }

    [Fact]
    public void What_is_unknown_says_why_and_what_was_not_measured_how()
    {
        using ProgramRun run = new() { Inspection = ExampleInspections.Open };

        run.Run("inspect", "m.onnx");

        GoldenFile.Equal("inspect-open.txt", run.Out);
    }

    [Fact]
    public void A_model_with_nothing_to_quantize_says_so()
    {
        using ProgramRun run = new() { Inspection = ExampleInspections.Open with { Expected = null } };

        run.Run("inspect", "m.onnx");

        Assert.Contains("  INT8 file       There is nothing that quantization would write as integers.", run.Out);
        Assert.DoesNotContain("  Speed", run.Out);
    }

    [Fact]
    public void Every_option_reaches_the_inspection()
    {
        using TemporaryFolder folder = new();
        using ProgramRun run = new();
        string report = folder.File("a.json");

        run.Run("inspect", "m.onnx", "--shape", "x=1,3,8", "--measure", "--seconds", "0.5", "--target", "ort-cpu", "--report", report);

        InspectOptions asked = run.AskedToInspect!;
        Assert.Equal([1L, 3, 8], asked.Shapes["x"]);
        Assert.Equal((TimeSpan.FromSeconds(0.5), "ort-cpu"), (asked.MeasureTime, asked.Target.Name));
        Assert.Equal([report], asked.ReportPaths);
    }

    [Fact]
    public void Nothing_is_measured_unasked()
    {
        using ProgramRun run = new();

        run.Run("inspect", "m.onnx", "--seconds", "0.5");

        Assert.Null(run.AskedToInspect!.MeasureTime);
    }

    [Fact]
    public void Reports_are_written_by_their_endings()
    {
        using TemporaryFolder folder = new();
        using ProgramRun run = new();
        string[] files = [folder.File("a.json"), folder.File("a.md"), folder.File("a.html"), folder.File("b.HTM")];

        Assert.Equal(ExitCodes.Done, run.Run(["inspect", "m.onnx", .. files.SelectMany(file => new[] { "--report", file })]));

        Assert.Equal(JsonInspectionWriter.ToText(run.Inspection) + "\n", File.ReadAllText(files[0]));
        Assert.StartsWith("# `resnet20.onnx`\n", File.ReadAllText(files[1]));
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(files[2]));
        Assert.Equal(File.ReadAllText(files[2]), File.ReadAllText(files[3]));
    }

    [Theory]
    [InlineData("--report", "a.csv", "expected a file name that ends in .json, .md, .markdown, .html or .htm")]
    [InlineData("--shape", "x", "expected NAME=A,B,C")]
    [InlineData("--target", "npu", "expected ort-cpu")]
    public void What_cannot_be_meant_is_refused(string option, string value, string words)
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.WrongUsage, run.Run("inspect", "m.onnx", option, value));

        Assert.Contains(words, run.Error.ReplaceLineEndings(" ").Replace("       ", "", StringComparison.Ordinal));
        Assert.False(run.PipelineRan);
    }

    [Fact]
    public void Json_is_all_there_is_on_standard_output()
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.Done, run.Run("inspect", "resnet20.onnx", "--json"));

        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal(13, json.RootElement.GetProperty("opset").GetInt32());
        Assert.Equal("", run.Error);
    }
}
