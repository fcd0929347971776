using System.Runtime.InteropServices;
using System.Text.Json;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.EndToEnd.Tests.Footprint;

/// <summary>A model of 3 GB, whose weights lie in a file beside it because protobuf counts to 2 GB.</summary>
public sealed class LargeModelTests : IDisposable
{
    private const int Width = 8192,
        Layers = 12;

    private const long LayerBytes = (long)Width * Width * sizeof(float);

    /// <summary>The runtime, ONNX Runtime and the program itself.</summary>
    private const long BaseBytes = 256L << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [LargeModelTheory]
    // The mapped file, and a few layers at a time.
    [InlineData("dynamic", Layers + 4)]
    // Opened as it is written: ONNX Runtime would hold all weights again in float, and more than once.
    [InlineData("none", Layers + 4)]
    public void A_model_of_three_gigabytes_is_quantized_in_bounded_memory(string activations, int mostLayers)
    {
        string folder = _workspace.Folder("model"),
            model = Path.Combine(folder, "model.onnx"),
            report = _workspace.PathOf("report.json");
        OnnxFile.Write(Large(), model);
        Assert.InRange(new FileInfo(model + ".data").Length, Layers * LayerBytes, Layers * LayerBytes + (1 << 20));

        using (RunningProgram program = new(_workspace.Folder("elsewhere"), model, "--activations", activations, "--report", report))
            Assert.True(program.ExitCodeWithin(Patience) == 0, program.Error);

        // Nothing half-written, nothing left over: below 2 GB the weights are in the file itself.
        Assert.Equal(
            ["model.int8.onnx", "model.onnx", "model.onnx.data"],
            Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        string output = Path.Combine(folder, "model.int8.onnx");
        Assert.InRange(new FileInfo(output).Length, Layers * LayerBytes / 4, Layers * LayerBytes / 4 + (1 << 20));
        using (InferenceModel opened = InferenceModel.Load(output, new ExecutionOptions { Level = OptimizationLevel.None }))
            Assert.Equal("y", Assert.Single(opened.Outputs).Name);
        using JsonDocument told = JsonDocument.Parse(File.ReadAllText(report));
        long peak = told.RootElement.GetProperty("timing").GetProperty("peakMemoryBytes").GetInt64();
        Assert.InRange(peak, LayerBytes, mostLayers * LayerBytes + BaseBytes);
    }

    /// <summary>Layers that differ, of one array: each is a window into it, some pages behind the one before.</summary>
    private static OnnxModel Large()
    {
        const int shift = 4096;
        float[] values = new float[Width * Width + Layers * shift];
        Random random = new(1);
        float bound = MathF.Sqrt(3f / Width);
        for (int i = 0; i < values.Length; i++)
            values[i] = (random.NextSingle() * 2 - 1) * bound;
        byte[] bytes = MemoryMarshal.AsBytes<float>(values).ToArray();
        GraphBuilder graph = new GraphBuilder().Input("x", [1, 1, Width]);
        string last = "x";
        for (int layer = 0; layer < Layers; layer++)
        {
            Tensor weights = new(
                $"w{layer}",
                ElementType.Float,
                [Width, Width],
                bytes.AsMemory(layer * shift * sizeof(float), checked((int)LayerBytes))
            );
            string output = layer == Layers - 1 ? "y" : $"h{layer}";
            graph.Constant(weights).Node("MatMul", [last, weights.Name], [output]);
            last = output;
        }
        return graph.Output("y", [1, 1, Width]).Build();
    }
}
