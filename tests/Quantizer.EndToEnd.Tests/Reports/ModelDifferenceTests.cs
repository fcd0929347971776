using System.Text.Json;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;

namespace Quantizer.EndToEnd.Tests.Reports;

/// <summary>Two model files beside each other.</summary>
public sealed class ModelDifferenceTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Forms_and_ranges_of_files_are_compared()
    {
        string model = _workspace.Write("model.onnx", Networks.Classifier());
        string data = _workspace.WriteSamples(16);
        string[] files = [_workspace.PathOf("a.onnx"), _workspace.PathOf("b.onnx"), _workspace.PathOf("c.onnx")];
        Quantize(files[0], "--method", "minmax");
        Quantize(files[1], "--method", "percentile:60");
        Quantize(files[2], "--activations", "none");

        JsonElement ranges = CommandLine.Run("diff", files[0], files[1], "--json").MustSucceed().Json();
        JsonElement forms = CommandLine.Run("diff", files[0], files[2], "--json").MustSucceed().Json();

        Assert.Equal(0, CommandLine.Run("diff", files[0], files[0], "--exit-code").ExitCode);
        Assert.Equal(1, CommandLine.Run("diff", files[0], files[1], "--exit-code").ExitCode);
        Assert.Equal(0, ranges.GetProperty("nodes").GetArrayLength());
        JsonElement[] tensors = [.. ranges.GetProperty("tensors").EnumerateArray()];
        Assert.NotEmpty(tensors);
        // 60 % of the values of an activation reach far less than all.
        Assert.True(tensors[0].GetProperty("ratio").GetDouble() > 1.5);
        Assert.Contains(
            forms.GetProperty("nodes").EnumerateArray(),
            node => Decision(node, "before") == "int8" && Decision(node, "after") is "stored" or "float"
        );

        void Quantize(string output, params string[] flags) =>
            CommandLine.Run([
                model,
                "--calib",
                data,
                "-o",
                output,
                "--quiet",
                "--no-floor",
                "--slow-integers",
                "keep",
                "--bias-correction",
                "off",
                .. flags,
            ]);
    }

    private static string? Decision(JsonElement node, string side) =>
        node.GetProperty(side) is { ValueKind: JsonValueKind.Object } report ? report.GetProperty("decision").GetString() : null;
}
