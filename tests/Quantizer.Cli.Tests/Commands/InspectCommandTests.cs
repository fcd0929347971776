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
    public void A_quantized_model_of_unknown_shapes_says_so()
    {
        using ProgramRun run = new() { Inspection = ExampleInspections.Classifier with { IsQuantized = true, Macs = null, Nodes = [], Findings = [] } };

        run.Run("inspect", "m.onnx");

        Assert.Contains("  Work            unknown, because shapes are; the model is quantized already\n", run.Out);
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
