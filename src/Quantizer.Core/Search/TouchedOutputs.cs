using Quantizer.Graphs;

namespace Quantizer.Search;

/// <summary>Outputs that quantization can change. One that hands an input on, such as what a decoder keeps of its encoder, is always the
/// same and would only hide the others.</summary>
internal static class TouchedOutputs
{
    private static readonly HashSet<string> Weighted =
    [
        "Attention",
        "Conv",
        "ConvTranspose",
        "Einsum",
        "FusedConv",
        "Gather",
        "Gemm",
        "GRU",
        "LSTM",
        "MatMul",
        "RNN",
    ];

    /// <summary>Those of the names that are computed from a node with weights; all where none is.</summary>
    public static string[] Of(Graph graph, IReadOnlyList<string> outputs)
    {
        IReadOnlySet<string> touched = TensorsOf(graph);
        string[] some = [.. outputs.Where(touched.Contains)];
        return some.Length == 0 ? [.. outputs] : some;
    }

    /// <summary>The tensors whose values depend on a node with weights; shapes do not.</summary>
    public static IReadOnlySet<string> TensorsOf(Graph graph)
    {
        HashSet<string> touched = [];
        foreach (Node node in graph.Nodes)
        {
            if (node.OpType is "Shape" or "Size")
                continue;
            if (Weighted.Contains(node.OpType) || node.Subgraphs.Any() || GraphIndex.ReadBy(node).Any(touched.Contains))
                touched.UnionWith(node.Outputs);
        }
        return touched;
    }
}
