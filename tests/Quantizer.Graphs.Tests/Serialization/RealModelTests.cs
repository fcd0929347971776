using Quantizer.Graphs.Serialization;
using Quantizer.Graphs.Serialization.Wire;
using Quantizer.Testing;

namespace Quantizer.Graphs.Tests.Serialization;

public sealed class RealModelTests
{
    public static TheoryData<string> Models =>
        SharedFolder.Exists
            ? [.. Directory.EnumerateFiles(SharedFolder.Model(""), "*.onnx").Select(path => Path.GetFileName(path)).Order()]
            : ["none"];

    [SharedFolderTheory]
    [MemberData(nameof(Models))]
    public void A_real_model_written_back_says_the_same_in_every_field(string name)
    {
        using TemporaryFolder folder = new();
        using OnnxModel model = OnnxFile.Read(SharedFolder.Model(name));

        OnnxFile.Write(model, folder.File("m.onnx"));

        Assert.NotEmpty(model.Graph.Nodes);
        RoundTripTests.AssertSame(
            ModelProto.Parser.ParseFrom(File.ReadAllBytes(SharedFolder.Model(name))),
            ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder.File("m.onnx")))
        );
    }

    [SharedFolderFact]
    public void The_weights_in_the_subgraphs_of_a_real_model_are_read()
    {
        using OnnxModel model = OnnxFile.Read(SharedFolder.Model("silero-vad.onnx"));

        Tensor[] constants =
        [
            .. NodesOf(model.Graph)
                .Select(node => node.Attribute("value")?.Value)
                .OfType<AttributeValue.OfTensor>()
                .Select(value => value.Value),
        ];

        Assert.Empty(model.Graph.Initializers);
        Assert.InRange(constants.Sum(constant => constant.ElementCount), 500_000, 700_000);
    }

    private static IEnumerable<Node> NodesOf(Graph graph) =>
        graph.Nodes.SelectMany(node => node.Subgraphs.SelectMany(NodesOf).Prepend(node));
}
