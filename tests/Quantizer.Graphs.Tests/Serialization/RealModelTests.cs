using Quantizer.Graphs.Serialization;
using Quantizer.Graphs.Serialization.Wire;
using Quantizer.Tests;

namespace Quantizer.Graphs.Tests.Serialization;

public sealed class RealModelTests
{
    public static TheoryData<string> Models =>
        SharedFolder.Exists ? [.. Directory.EnumerateFiles(SharedFolder.Model(""), "*.onnx").Select(path => Path.GetFileName(path)).Order()] : ["none"];

    [SharedFolderTheory]
    [MemberData(nameof(Models))]
    public void A_real_model_written_back_says_the_same_in_every_field(string name)
    {
        string path = SharedFolder.Model(name);
        using OnnxModel model = OnnxFile.Read(path);

        ModelProto written = ModelProto.Parser.ParseFrom(OnnxFile.ToBytes(model));

        Assert.NotEmpty(model.Graph.Nodes);
        Assert.Equal(ModelProto.Parser.ParseFrom(File.ReadAllBytes(path)), written);
    }
}
