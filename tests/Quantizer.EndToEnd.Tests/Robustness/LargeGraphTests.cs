using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Graphs;

namespace Quantizer.EndToEnd.Tests.Robustness;

/// <summary>Deep graphs, in which many nodes change in normalization, take memory in the measure of their size. Bytes are counted, since
/// they are the same on a busy machine; ONNX Runtime's own, whose time grows faster, are not among them.</summary>
public sealed class LargeGraphTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Four_times_the_nodes_are_inspected_with_little_more_than_four_times_the_bytes()
    {
        // What is allocated once is not told apart from what the small one takes.
        Inspect(nodes: 600);

        long small = Inspect(nodes: 6_000),
            large = Inspect(nodes: 24_000);

        // Sixteen times were the square. Lists grow by doubling.
        Assert.InRange((double)large / small, 3, 5);
    }

    /// <returns>Bytes that this thread allocated meanwhile.</returns>
    private long Inspect(int nodes)
    {
        string path = _workspace.Write($"chain{nodes}.onnx", Chain(nodes));
        long before = GC.GetAllocatedBytesForCurrentThread();

        ProgramResult result = CommandLine.Run("inspect", path).MustSucceed();

        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Contains($"Relu {(nodes / 6).ToString("N0", System.Globalization.CultureInfo.InvariantCulture)}", result.Out);
        return bytes;
    }

    /// <summary>Convolutions, each with a scale to fold, an Identity and a Dropout to remove, and a constant to compute.</summary>
    private static OnnxModel Chain(int nodes)
    {
        GraphBuilder builder = new GraphBuilder().Input("x", [1, 1, 4, 4]).Constant("w", [1, 1, 1, 1], [0.5f]);
        string last = "x";
        for (int i = 0; i < nodes / 6; i++)
        {
            builder
                .Node("Conv", [last, "w"], [$"c{i}"])
                .Node("Identity", [$"c{i}"], [$"i{i}"])
                .Node("Constant", [], [$"k{i}"], NodeAttribute.Of("value_float", 1.01f))
                .Node("Mul", [$"i{i}", $"k{i}"], [$"m{i}"])
                .Node("Dropout", [$"m{i}"], [$"d{i}"])
                .Node("Relu", [$"d{i}"], [$"r{i}"]);
            last = $"r{i}";
        }
        return builder.Output(last, [1, 1, 4, 4]).Build();
    }
}
