using Quantizer.Graphs;

namespace Quantizer.Placement;

/// <summary>The nodes inside the bodies of others (If, Loop, Scan), at any depth.</summary>
internal static class BodyNodes
{
    /// <summary>Each with the graph that it is in, and that graph's index, which knows those around it.</summary>
    public static IReadOnlyDictionary<Node, (Graph Body, GraphIndex Index)> In(Graph graph, GraphIndex index)
    {
        Dictionary<Node, (Graph, GraphIndex)> found = [];
        foreach (Graph body in graph.Nodes.SelectMany(node => node.Subgraphs))
            Add(body, index);
        return found;

        void Add(Graph body, GraphIndex outer)
        {
            GraphIndex scope = new(body, outer);
            foreach (Node node in body.Nodes)
            {
                found.Add(node, (body, scope));
                foreach (Graph inner in node.Subgraphs)
                    Add(inner, scope);
            }
        }
    }
}
