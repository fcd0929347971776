using System.Globalization;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Placement;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline;

/// <summary>A whole run of a network whose layers lie in the branches of an If.</summary>
public sealed class BodiesTests : IDisposable
{
    private const int Width = 512,
        Samples = 12;

    private readonly TemporaryFolder _folder = new();

    public BodiesTests()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", ["batch", Width])
            .Constant("zero", [], [0f])
            .Node("ReduceMean", ["x"], ["mean"], NodeAttribute.Of("keepdims", 0))
            .Node("Greater", ["mean", "zero"], ["positive"])
            .Node("If", ["positive"], ["y"], NodeAttribute.Of("then_branch", Branch("p")), NodeAttribute.Of("else_branch", Branch("q")))
            .Output("y")
            .Build();
        OnnxFile.Write(model, _folder.File("model.onnx"));
        float[] values = Layers.Weights(Samples * Width, 1, "data");
        File.WriteAllLines(
            _folder.File("data.jsonl"),
            values
                .Chunk(Width)
                .Select(row => $"{{\"x\": [{string.Join(',', row.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}]}}")
        );
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ActivationMode.Automatic)]
    [InlineData(ActivationMode.Dynamic)]
    public void Its_layers_run_on_integers_and_their_work_is_known(ActivationMode mode)
    {
        QuantizationReport report = Run(mode);

        Assert.Equal(2, report.Nodes.Count(node => node is { Decision: NodeDecision.Dynamic, Kernel: "DynamicQuantizeMatMul" }));
        Assert.All(report.Nodes.Where(node => node.Decision == NodeDecision.Float), node => Assert.NotEmpty(node.Reason));
        Assert.Equal(100.0, report.Integer.PercentInteger);
        Assert.True(report.Outputs[0].MedianDb > 35);
    }

    [Fact]
    public void With_weights_only_they_compute_in_float()
    {
        QuantizationReport report = Run(ActivationMode.None);

        Assert.Equal(2, report.Nodes.Count(node => node is { Decision: NodeDecision.Stored, Kernel: "MatMul" }));
        Assert.Equal(0.0, report.Integer.PercentInteger);
        Assert.True(report.Outputs[0].MedianDb > 38);
    }

    [Fact]
    public void Neither_batch_nor_workers_show()
    {
        Run(ActivationMode.Automatic, batch: 1, threads: 1);
        byte[] expected = File.ReadAllBytes(_folder.File("int8.onnx"));

        Run(ActivationMode.Automatic, batch: 4, threads: 2);

        Assert.Equal(expected, File.ReadAllBytes(_folder.File("int8.onnx")));
    }

    private QuantizationReport Run(ActivationMode mode, int batch = 1, int threads = 1) =>
        QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = _folder.File("model.onnx"),
                CalibrationPaths = [_folder.File("data.jsonl")],
                OutputPath = _folder.File("int8.onnx"),
                Activations = mode,
                SlowIntegers = SlowIntegers.Kept,
                BatchSize = batch,
                Threads = threads,
            }
        );

    private static Graph Branch(string name) =>
        new GraphBuilder()
            .Constant($"{name}_w", [Width, Width], Layers.Weights(Width * Width, Width, name))
            .Node("MatMul", ["x", $"{name}_w"], [name])
            .Output(name)
            .BuildGraph();
}
