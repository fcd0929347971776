using System.Text.Json;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Targets.OnnxRuntimeCpu.Kernels;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.RealModels;

/// <summary>The networks and pictures that come with the project, as the README tells to use them.</summary>
public sealed class BundledSampleTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_default_run_on_the_other_network_is_as_good_as_the_original()
    {
        string model = InRepository("samples/shapes-mobilenet.onnx"),
            before = Workspace.Fingerprint(model);

        AssertGood(
            Quantize(model, "--calib", InRepository("calibration-data/shapes/calib"), "--eval", InRepository("calibration-data/shapes/val"))
        );

        Assert.Equal(before, Workspace.Fingerprint(model));
    }

    [Fact]
    public void The_first_command_of_the_readme_works_as_it_is_written()
    {
        const string Program = "dotnet run -c Release --project src/Quantizer.Cli -- ";
        string line = File.ReadLines(InRepository("README.md")).First(text => text.StartsWith(Program, StringComparison.Ordinal));
        string[] arguments = line[Program.Length..].Split(' ');
        Assert.Equal("samples/shapes-resnet.onnx", arguments[0]);

        AssertGood(Quantize([.. arguments.Select(argument => argument.StartsWith('-') ? argument : InRepository(argument))]));
    }

    /// <summary>Looked for in what ONNX Runtime runs, whatever this processor does.</summary>
    [Fact]
    public void A_file_for_any_processor_is_as_good_and_no_sum_of_it_is_cut_off()
    {
        JsonElement report = Quantize(
            InRepository("samples/shapes-resnet.onnx"),
            "--calib",
            InRepository("calibration-data/shapes/calib"),
            "--eval",
            InRepository("calibration-data/shapes/val"),
            "--target",
            "ort-any-cpu"
        );

        AssertGood(report);
        Assert.Equal("ort-any-cpu", report.GetProperty("options").GetProperty("target").GetString());
        Assert.Contains(report.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("code").GetString() == "QZ209");
        using OnnxModel written = OnnxFile.Read(_workspace.PathOf("out.onnx")),
            optimized = OptimizedGraph.Of(written);
        Assert.Contains(optimized.Graph.Nodes, node => node.OpType == "QLinearConv");
        Assert.Empty(CutSums.In(optimized.Graph, written.Graph));
    }

    private JsonElement Quantize(params string[] arguments) =>
        CommandLine.Run([.. arguments, "-o", _workspace.PathOf("out.onnx"), "--json"]).MustSucceed().Json();

    private static void AssertGood(JsonElement report)
    {
        JsonElement accuracy = report.GetProperty("accuracy"),
            top1 = accuracy.GetProperty("top1"),
            preprocessing = report.GetProperty("preprocessing");
        double fp32 = top1.GetProperty("fp32").GetDouble(),
            int8 = top1.GetProperty("int8").GetDouble();
        Assert.True(int8 >= fp32 - 1, $"Top-1 falls from {fp32} % to {int8} %.");
        Assert.True(accuracy.GetProperty("agreement").GetDouble() >= 97, $"Agreement is {accuracy.GetProperty("agreement")} %.");
        Assert.Equal(
            ("imagenet", "rgb"),
            (preprocessing.GetProperty("preset").GetString(), preprocessing.GetProperty("channels").GetString())
        );
        Assert.NotEqual("guess", preprocessing.GetProperty("chosenBy").GetString());
        Assert.True(report.GetProperty("data").GetProperty("evaluation").GetProperty("heldOut").GetBoolean());
    }

    private static string InRepository(string path) => Path.Combine(SharedFolder.Repository, path);
}
