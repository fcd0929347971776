using Quantizer.Graphs;
using Quantizer.Reporting.Details;
using Quantizer.Work;

namespace Quantizer.Details;

/// <summary>The nodes of a graph with their neighbours.</summary>
internal static class NetworkLinks
{
    /// <param name="graph">Its nodes have names of their own.</param>
    public static IReadOnlyList<LinkedNode> Of(Graph graph, WorkCount work)
    {
        GraphIndex index = new(graph);
        return
        [
            .. graph.Nodes.Select(node => new LinkedNode(
                node.Name,
                [.. GraphIndex.ReadBy(node).Distinct().Where(tensor => index.ConstantOf(tensor) is null)],
                [.. node.Outputs.Where(output => output.Length > 0)],
                work[node.Name]
            )),
        ];
    }
}
