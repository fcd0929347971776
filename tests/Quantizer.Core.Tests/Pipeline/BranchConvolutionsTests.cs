using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline;

/// <summary>A whole run of a network of small convolutions, all of it in both branches of an If with the same weights.</summary>
public sealed class BranchConvolutionsTests : IDisposable
{
    private const int Channels = 16,
        Area = 9,
        Side = 8,
        Depth = 4,
        Samples = 8;

    private readonly TemporaryFolder _folder = new();

    public BranchConvolutionsTests()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, Channels, Side, Side])
            .Constant("zero", [], [0f])
            .Node("ReduceMean", ["x"], ["mean"], NodeAttribute.Of("keepdims", 0))
            .Node("Greater", ["mean", "zero"], ["positive"])
            .Node("If", ["positive"], ["y"], NodeAttribute.Of("then_branch", Branch("p")), NodeAttribute.Of("else_branch", Branch("q")))
            .Output("y")
            .Build();
        OnnxFile.Write(model, _folder.File("model.onnx"));
        float[] values = Layers.Weights(Samples * Channels * Side * Side, 1, "data");
        File.WriteAllBytes(_folder.File("data.npy"), NumPy.Array("<f4", [Samples, Channels, Side, Side], values));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_branch_has_the_stored_weights_itself()
    {
        QuantizationReport report = QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = _folder.File("model.onnx"),
                CalibrationPaths = [_folder.File("data.npy")],
                OutputPath = _folder.File("int8.onnx"),
            }
        );

        Assert.Equal(2 * Depth, report.Nodes.Count(node => node is { OpType: "Conv", Decision: NodeDecision.Stored }));
        using OnnxModel written = OnnxFile.Read(_folder.File("int8.onnx"));
        Assert.DoesNotContain(written.Graph.Initializers, tensor => tensor.Type == ElementType.Int8);
        Graph[] bodies = [.. written.Graph.Nodes.SelectMany(node => node.Subgraphs)];
        Assert.Equal(2, bodies.Length);
        Assert.All(bodies, body => Assert.Equal(Depth, body.Initializers.Count(tensor => tensor.Type == ElementType.Int8)));
        Assert.True(report.Outputs[0].MedianDb > 35);
    }

    private static Graph Branch(string name)
    {
        GraphBuilder graph = new();
        string last = "x";
        for (int layer = 0; layer < Depth; layer++)
        {
            string weights = $"{name}_w{layer}",
                output = $"{name}{layer}";
            float[] values = Layers.Weights(Channels * Channels * Area, Channels * Area, $"w{layer}");
            graph
                .Constant(weights, [Channels, Channels, 3, 3], values)
                .Node("Conv", [last, weights], [output], NodeAttribute.Of("pads", [1L, 1L, 1L, 1L]));
            last = output;
        }
        return graph.Output(last).BuildGraph();
    }
}
