using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>
/// Removes what no output depends on.
/// 1. Nodes of the standard operator set none of whose outputs is read. Nodes of other domains may have effects: kept.
/// 2. Initializers that nobody reads, unless they are graph outputs or defaults of graph inputs.
/// 3. Declarations of tensors that are gone.
/// </summary>
internal static class DeadCode
{
    public static bool Apply(GraphEdit edit)
    {
        Graph graph = edit.Graph;
        HashSet<string> needed = [.. graph.Outputs.Select(output => output.Name)];
        HashSet<Node> dead = [];
        for (int i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            Node node = graph.Nodes[i];
            if (node.Domain.Length == 0 && !node.Outputs.Exists(output => output.Length > 0 && needed.Contains(output)))
                dead.Add(node);
            else
                needed.UnionWith(GraphIndex.ReadBy(node));
        }
        graph.Nodes.RemoveAll(dead.Contains);
        needed.UnionWith(graph.Inputs.Select(input => input.Name));
        int constants = graph.Initializers.RemoveAll(tensor => !needed.Contains(tensor.Name));
        HashSet<string> made = [.. graph.Nodes.SelectMany(node => node.Outputs), .. graph.Initializers.Select(tensor => tensor.Name)];
        int declarations = graph.ValueInfos.RemoveAll(value => !made.Contains(value.Name));
        if (dead.Count + constants > 0)
            edit.Note($"{dead.Count} nodes and {constants} constants that nothing needs were removed");
        edit.Edited();
        return dead.Count + constants + declarations > 0;
    }
}
