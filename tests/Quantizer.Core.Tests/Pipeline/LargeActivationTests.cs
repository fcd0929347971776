using Quantizer.Core.Tests.Normalization;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline;

public sealed class LargeActivationTests : IDisposable
{
    private const int Width = 256;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>One value of all calibration samples is huge: the layer that reads it computes in float, and only that.</summary>
    [Fact]
    public void A_layer_that_is_in_float_for_its_activations_has_its_weights_stored()
    {
        OnnxFile.Write(
            new GraphBuilder()
                .Input("x", [1, Width])
                .MatMul("a", "x", Width, Width)
                .Node("Relu", ["a"], ["r"])
                .MatMul("y", "r", Width, Width)
                .Output("y")
                .Build(),
            _folder.File("model.onnx")
        );
        float[][] samples = [.. Enumerable.Range(0, 32).Select(seed => NormalizedGraph.Values(Width, seed))];
        samples[3][5] = 1e4f;

        QuantizationReport report = QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = _folder.File("model.onnx"),
                CalibrationPaths = [_folder.Write("x.npz", DataFiles.Npz("x", [1, Width], samples))],
                KeepsFloor = false,
                SlowIntegers = SlowIntegers.Kept,
            }
        );

        NodeReport layer = report.Nodes.Single(node => node.Name == "MatMul_a");
        Assert.Contains("tensor 'x' reaches 1e+04", layer.Reason, StringComparison.Ordinal);
        Assert.Equal(NodeDecision.Stored, layer.Decision);
        Assert.DoesNotContain(OnnxFile.Read(report.Model.Output).Graph.Initializers, tensor => tensor.Name == "a_w");
    }
}
