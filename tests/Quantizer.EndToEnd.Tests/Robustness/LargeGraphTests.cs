using System.Diagnostics;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Graphs;

namespace Quantizer.EndToEnd.Tests.Robustness;

/// <summary>Deep graphs, in which many nodes change in normalization, are inspected in a time that grows with their size and no
/// faster.</summary>
public sealed class LargeGraphTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_chain_of_thirty_thousand_nodes_is_inspected_in_less_than_a_minute()
    {
        // A time that grows with the square would be minutes.
        string path = _workspace.Write("chain.onnx", Chain(nodes: 30_000));
        Stopwatch watch = Stopwatch.StartNew();

        ProgramResult result = CommandLine.Run("inspect", path).MustSucceed();

        Assert.Contains("Relu 5,000", result.Out);
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"It took {watch.Elapsed}.");
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
