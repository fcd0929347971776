using Quantizer.Pipeline;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline;

public sealed class ReportPartsTests
{
    [UnixFact]
    public void The_size_of_a_linked_model_is_that_of_the_file_behind_the_links()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("blob"), new byte[1000]);
        File.WriteAllBytes(folder.File("data"), new byte[300]);
        File.CreateSymbolicLink(folder.File("snapshot.onnx"), folder.File("blob"));
        File.CreateSymbolicLink(folder.File("model.onnx"), folder.File("snapshot.onnx"));
        File.CreateSymbolicLink(folder.File("model.onnx.data"), folder.File("data"));

        Assert.Equal(1000, ReportParts.BytesOf(folder.File("blob")));
        Assert.Equal(1300, ReportParts.BytesOf(folder.File("model.onnx")));
    }
}
