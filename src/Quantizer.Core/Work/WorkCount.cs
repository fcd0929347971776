using Quantizer.Graphs;

namespace Quantizer.Work;

/// <summary>Multiply-accumulates of every node of a graph in one run on one sample.</summary>
/// <param name="ByNode">By node name; null where it is not known.</param>
internal sealed record WorkCount(IReadOnlyDictionary<string, long?> ByNode)
{
    /// <summary>The sum over the nodes whose work is known.</summary>
    public long AtLeast => ByNode.Values.Sum(work => work ?? 0);

    public bool IsComplete => !ByNode.Values.Contains(null);

    /// <summary>The nodes whose work is not known, in graph order.</summary>
    public IReadOnlyList<string> Unknown => [.. ByNode.Where(node => node.Value is null).Select(node => node.Key)];

    public long? this[string node] => ByNode.GetValueOrDefault(node);

    /// <param name="graph">Its nodes have names of their own.</param>
    /// <param name="shapeOf">Every size of a tensor; null when one of them, or the rank, is not known.</param>
    public static WorkCount Of(Graph graph, Func<string, IReadOnlyList<long>?> shapeOf)
    {
        Dictionary<string, long?> work = [];
        foreach (Node node in graph.Nodes)
            work[node.Name] = WorkTable.Of(node, shapeOf);
        return new WorkCount(work);
    }
}
