using System.Text.Json;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Robustness;

/// <summary>Small files in forms that were once passed over or refused: all their layers run on integers now.</summary>
public sealed class FaultFolderTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [SharedFolderTheory]
    [InlineData("matmul-3d-weight/m.onnx", "x.npz", 90)]
    [InlineData("functions/m.onnx", "x.npz", 99)]
    [InlineData("fused-convolution/fusedconv.onnx", "x.npz", 99)]
    [InlineData("float16/fp16.onnx", "x16.npz", 99)]
    [InlineData("fixed-batch/fixed4.onnx", "x20.npz", 99)]
    [InlineData("input-with-default/b.onnx", "xt.npz", 99)]
    public void It_is_quantized(string model, string samples, double percent)
    {
        JsonElement report = Quantize(model, samples);

        Assert.InRange(report.GetProperty("integer").GetProperty("percentInteger").GetDouble(), percent, 100);
        Assert.InRange(Assert.Single(report.GetProperty("outputs").EnumerateArray()).GetProperty("sqnrDb").GetDouble(), 30, 100);
    }

    [SharedFolderFact]
    public void Unsorted_nodes_are_read() => Quantize("unsorted-nodes/model.onnx", "x.npz");

    [SharedFolderFact]
    public void An_initializer_that_is_there_twice_is_taken_once()
    {
        JsonElement report = Quantize("duplicate-initializer/model.onnx", SharedFolder.Data("digits"), "--preset", "raw");

        Assert.InRange(Assert.Single(report.GetProperty("outputs").EnumerateArray()).GetProperty("sqnrDb").GetDouble(), 30, 100);
    }

    [SharedFolderTheory]
    [InlineData("dense")]
    [InlineData("dense_eq")]
    public void Channels_of_unequal_size_lose_no_more_than_equal_ones(string name)
    {
        JsonElement report = Quantize($"unequal-channels/{name}.onnx", "x.npz");

        Assert.InRange(Assert.Single(report.GetProperty("outputs").EnumerateArray()).GetProperty("sqnrDb").GetDouble(), 33, 100);
    }

    private JsonElement Quantize(string model, string samples, params string[] options)
    {
        string folder = Path.Combine(SharedFolder.Root, "faults"),
            path = Path.Combine(folder, model);
        return CommandLine
            .Run([
                path,
                "--calib",
                Path.Combine(Path.GetDirectoryName(path)!, samples),
                "-o",
                _workspace.PathOf("out.onnx"),
                "--json",
                .. options,
            ])
            .MustSucceed()
            .Json();
    }
}
