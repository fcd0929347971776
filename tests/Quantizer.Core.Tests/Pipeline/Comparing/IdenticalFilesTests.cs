using Quantizer.Graphs;
using Quantizer.Pipeline.Comparing;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Comparing;

public sealed class IdenticalFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_the_same_when_every_byte_is()
    {
        OnnxModel model = new GraphBuilder().Node("Relu", ["x"], ["y"]).Build();
        string one = Write("one", 1, 2, 3);

        Assert.True(IdenticalFiles.Are(one, one, model));
        Assert.True(IdenticalFiles.Are(one, Write("other", 1, 2, 3), model));
        Assert.False(IdenticalFiles.Are(one, Write("last", 1, 2, 4), model));
        Assert.False(IdenticalFiles.Are(one, Write("longer", 1, 2, 3, 0), model));
    }

    [Fact]
    public void Large_files_are_read_to_their_end()
    {
        OnnxModel model = new GraphBuilder().Node("Relu", ["x"], ["y"]).Build();
        byte[] bytes = new byte[(2 << 20) + 5],
            changed = [.. bytes];
        changed[^1] = 1;

        Assert.True(IdenticalFiles.Are(Write("a", bytes), Write("b", bytes), model));
        Assert.False(IdenticalFiles.Are(Write("a", bytes), Write("c", changed), model));
    }

    [Fact]
    public void The_same_bytes_in_another_folder_may_mean_other_external_weights()
    {
        Graph graph = new()
        {
            Initializers = { new Tensor("w", ElementType.Float, [1], new byte[4]) { ExternalLocation = "weights.bin" } },
        };
        OnnxModel model = new(graph);
        string one = Write("one", 1, 2);

        Assert.True(IdenticalFiles.Are(one, Write("beside", 1, 2), model));
        Assert.False(IdenticalFiles.Are(one, Write("elsewhere/one", 1, 2), model));
    }

    private string Write(string name, params byte[] bytes) => _folder.Write(name, bytes);
}
