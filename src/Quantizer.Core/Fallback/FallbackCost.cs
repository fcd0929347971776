using Quantizer.Graphs;
using Quantizer.Work;

namespace Quantizer.Fallback;

/// <summary>What giving nodes back costs.</summary>
internal static class FallbackCost
{
    /// <summary>What a part costs beside its multiply-accumulates, in these: even a tiny one breaks a path of integers in two.</summary>
    private const double LeastMacs = 1e5;

    /// <summary>Where their arithmetic leaves integers: time.</summary>
    public static Func<IReadOnlyList<string>, double> OfWork(WorkCount work) => nodes => nodes.Sum(node => work[node] ?? 0) + LeastMacs;

    /// <summary>Where only their weights do: bytes of the file.</summary>
    public static Func<IReadOnlyList<string>, double> OfBytes(Graph graph)
    {
        GraphIndex index = new(graph);
        ILookup<string, Node> byName = graph.Nodes.ToLookup(node => node.Name);
        return nodes => 1 + nodes.SelectMany(name => byName[name]).SelectMany(node => node.Inputs).Sum(BytesOf);

        long BytesOf(string input) => index.ConstantOf(input)?.Data.Length ?? 0;
    }
}
