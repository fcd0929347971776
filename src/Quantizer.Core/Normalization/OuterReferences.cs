using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>
/// Renames what nodes read.
/// 1. Inputs of the graph's own nodes are renamed.
/// 2. So are reads inside subgraphs, at any depth, and subgraph outputs that hand an outer tensor through.
/// 3. A subgraph that declares the name itself means another tensor: it is left alone.
/// Outputs of the graph itself are never renamed.
/// </summary>
internal static class OuterReferences
{
    public static void Rename(Graph graph, string from, string to)
    {
        foreach (Node node in graph.Nodes)
            Rename(node, from, to);
    }

    /// <summary>The same for what one node reads.</summary>
    public static void Rename(Node node, string from, string to)
    {
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            if (node.Inputs[i] == from)
                node.Inputs[i] = to;
        }

        foreach (Graph subgraph in node.Subgraphs)
        {
            if (Declares(subgraph, from))
                continue;
            Rename(subgraph, from, to);
            foreach (ValueInfo output in subgraph.Outputs)
            {
                if (output.Name == from)
                    output.Name = to;
            }
        }
    }

    /// <summary>The names of all tensors that subgraphs, at any depth, have of their own.</summary>
    public static HashSet<string> DeclaredInside(Graph graph)
    {
        HashSet<string> names = [];
        foreach (Graph subgraph in graph.Nodes.SelectMany(node => node.Subgraphs))
        {
            names.UnionWith(subgraph.Inputs.Select(input => input.Name));
            names.UnionWith(subgraph.Initializers.Select(tensor => tensor.Name));
            names.UnionWith(subgraph.Nodes.SelectMany(node => node.Outputs));
            names.UnionWith(DeclaredInside(subgraph));
        }
        return names;
    }

    private static bool Declares(Graph graph, string name) =>
        graph.Inputs.Exists(input => input.Name == name)
        || graph.Initializers.Exists(tensor => tensor.Name == name)
        || graph.Nodes.Exists(node => node.Outputs.Contains(name));
}
