using Quantizer.Comparison.Tasks;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Data;
using Quantizer.Preprocessing;
using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Comparison.Tasks;

/// <summary>A trained detector without its last layers, as it is exported for processors that do not run those.</summary>
public class CutDetectorTests
{
    [SharedFolderTheory]
    [InlineData(true, "1 box a cell, not decoded, with 10 scores")]
    [InlineData(false, "and 10 scores of 256 and 64 anchors")]
    public void Its_maps_are_those_of_boxes(bool areJoined, string expected)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("cut.onnx");
        using (OnnxModel model = OnnxFile.Read(SharedFolder.Model("yolo-composed.onnx")))
        {
            Cut(model.Graph, areJoined);
            OnnxFile.Write(model, path);
        }
        using SourceModel source = SourceModel.Open(path);
        PictureOptions pictures = new() { Preset = PicturePreset.ZeroOne };
        DataOpening opening = new(source.Model, source.Session, path, pictures, new InputOptions(), threads: 1);
        using DataSet opened = opening.Open([SharedFolder.Data("composed-val")], labelsPath: null, 8, seed: 0, CancellationToken.None);

        FoundTask found = Judging.Open(new TaskOptions(), labelsPath: null).Find(source, opened);

        Assert.Equal(TaskKind.Boxes, found.Kind);
        Assert.EndsWith(expected, found.Why, StringComparison.Ordinal);
    }

    /// <summary>Leaves off what follows the distributions of distances and the class scores of both resolutions.</summary>
    private static void Cut(Graph graph, bool areJoined)
    {
        GraphIndex index = new(graph);
        Node[] joins =
        [
            .. graph.Nodes.Where(node =>
                node.Is("Concat")
                && node.Inputs.Count == 2
                && node.Inputs.All(input => index.ProducerOf(input) is { OpType: "Conv" } maker && Channels(maker) is 64 or 10)
            ),
        ];
        string[] names = areJoined ? [.. joins.Select(join => join.Outputs[0])] : [.. joins.SelectMany(join => join.Inputs)];
        graph.Outputs.Clear();
        graph.Outputs.AddRange(names.Select(name => new ValueInfo(name, ElementType.Float, shape: null)));

        long Channels(Node conv) => index.ConstantOf(conv.Inputs[1])!.Dimensions[0];
    }
}
