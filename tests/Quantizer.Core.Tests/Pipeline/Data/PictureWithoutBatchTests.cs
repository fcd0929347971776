using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Ranges.Selectors;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Data;

/// <summary>Networks that take one picture as it is, [3, height, width], as torchvision's detectors do.</summary>
public sealed class PictureWithoutBatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_quantized_like_the_same_network_with_a_batch()
    {
        string bundled = Path.Combine(SharedFolder.Repository, "samples", "shapes-resnet.onnx"),
            without = _folder.File("without.onnx");
        using (OnnxModel model = OnnxFile.Read(bundled))
        {
            TakeOnePicture(model.Graph);
            OnnxFile.Write(model, without);
        }

        QuantizationReport expected = Run(bundled, "expected.onnx"),
            found = Run(without, "found.onnx");

        Assert.Equal(
            (expected.Preprocessing!.Flags, expected.Preprocessing.ChosenBy),
            (found.Preprocessing!.Flags, found.Preprocessing.ChosenBy)
        );
        Assert.Equal(expected.Outputs[0].SqnrDb!.Value, found.Outputs[0].SqnrDb!.Value, 1e-3);
        Assert.Equal(
            expected.Nodes.Count(node => node.Decision == NodeDecision.Int8),
            found.Nodes.Count(node => node.Decision == NodeDecision.Int8)
        );
    }

    private QuantizationReport Run(string model, string output) =>
        QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = model,
                CalibrationPaths = [Path.Combine(SharedFolder.Repository, "calibration-data/shapes/calib")],
                OutputPath = _folder.File(output),
                Samples = 16,
                Method = RangeMethod.MinMax,
                SlowIntegers = SlowIntegers.Kept,
            }
        );

    /// <summary>Puts the axis of the batch in front of the picture inside of the network.</summary>
    private static void TakeOnePicture(Graph graph)
    {
        ValueInfo input = graph.Inputs[0];
        string inside = input.Name + "_batch";
        foreach (Node node in graph.Nodes)
        {
            for (int at = 0; at < node.Inputs.Count; at++)
            {
                if (node.Inputs[at] == input.Name)
                    node.Inputs[at] = inside;
            }
        }
        graph.Initializers.Add(Tensor.FromInt64s("front", [1], [0]));
        graph.Nodes.Insert(0, new Node("Unsqueeze", [input.Name, "front"], [inside], "batch"));
        input.Shape = [.. input.Shape!.Skip(1)];
    }
}
