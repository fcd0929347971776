using System.Text.Json;
using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Commands;

public sealed class InspectCommandTests
{
    [Fact]
    public void A_model_is_described_as_approved()
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.Done, run.Run("inspect", "resnet20.onnx"));

        Assert.Equal("resnet20.onnx", run.AskedToInspect);
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
    public void Json_is_all_there_is_on_standard_output()
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.Done, run.Run("inspect", "resnet20.onnx", "--json"));

        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal(13, json.RootElement.GetProperty("opset").GetInt32());
        Assert.Equal("", run.Error);
    }
}
