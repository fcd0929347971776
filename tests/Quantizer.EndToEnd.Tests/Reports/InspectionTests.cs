using System.Text.Json;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Reports;

public sealed class InspectionTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void An_inspection_changes_nothing_and_foretells_the_placement()
    {
        string model = _workspace.Write("model.onnx", Networks.Classifier());
        IReadOnlyList<string> before = _workspace.State();

        JsonElement inspection = CommandLine.Run("inspect", model, "--json").MustSucceed().Json();

        Assert.Equal(before, _workspace.State());
        JsonElement report = CommandLine.Run(model, "--calib", _workspace.WriteSamples(), "--json").MustSucceed().Json();
        Assert.Equal(
            report.GetProperty("integer").GetProperty("percentPlaced").GetDouble(),
            inspection.GetProperty("percentPlaced").GetDouble(),
            precision: 6
        );
        Assert.Equal(Decisions(report), Decisions(inspection));
    }

    [SharedFolderTheory]
    [InlineData("fastestdet", true)]
    [InlineData("kws-mlperf", true)]
    [InlineData("mnist-8", true)]
    [InlineData("mobilenetv2-cifar10-bn", true)]
    [InlineData("mobilenetv2-cifar10-folded", true)]
    [InlineData("resnet20-cifar10-bn", true)]
    [InlineData("resnet20-cifar10-folded", true)]
    [InlineData("resnet56-cifar10-bn", true)]
    [InlineData("resnet8-mlperf", true)]
    [InlineData("silero-vad", false)]
    [InlineData("ultraface-rfb-320", true)]
    [InlineData("vww-mlperf", true)]
    public void Every_real_model_is_described(string name, bool hasConvolutions)
    {
        string model = SharedFolder.Model($"{name}.onnx"),
            before = Workspace.Fingerprint(model);

        JsonElement inspection = CommandLine.Run("inspect", model, "--json").MustSucceed().Json();

        Assert.Equal(before, Workspace.Fingerprint(model));
        Assert.False(inspection.GetProperty("isQuantized").GetBoolean());
        Assert.NotEmpty(inspection.GetProperty("inputs").EnumerateArray());
        // All that the others multiply lies in subgraphs or depends on open sizes: how much it is is not known.
        JsonElement placed = inspection.GetProperty("percentPlaced");
        Assert.True(hasConvolutions ? placed.GetDouble() > 75 : placed.ValueKind == JsonValueKind.Null, $"{placed} % placed.");
        Assert.All(
            inspection.GetProperty("nodes").EnumerateArray(),
            node =>
                Assert.Equal(
                    node.GetProperty("decision").GetString() is "float" or "stored",
                    node.GetProperty("reason").GetString()!.Length > 0
                )
        );
        Assert.Contains(model, CommandLine.Run("inspect", model).MustSucceed().Out);
    }

    [SharedFolderFact]
    public void A_quantized_model_is_described_as_one()
    {
        ProgramResult result = CommandLine
            .Run("inspect", Path.Combine(SharedFolder.Root, "rivals", "nncf", "resnet8-mlperf.onnx"), "--json")
            .MustSucceed();

        Assert.True(result.Json().GetProperty("isQuantized").GetBoolean());
        Assert.Contains("quantized already", result.Json().GetProperty("findings")[0].GetProperty("message").GetString());
    }

    private static IEnumerable<(string?, string?)> Decisions(JsonElement report) =>
        report
            .GetProperty("nodes")
            .EnumerateArray()
            .Select(node => (node.GetProperty("name").GetString(), node.GetProperty("decision").GetString()));
}
