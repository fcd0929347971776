using Quantizer.Graphs;

namespace Quantizer.Normalization.Repairs;

/// <summary>Of several initializers of one name in a graph the last one counts, as in ONNX Runtime; the others are removed. So in
/// subgraphs.</summary>
internal static class RepeatedInitializers
{
    public static bool Apply(GraphEdit edit)
    {
        List<string> repeated = [];
        RemoveEarlier(edit.Graph, repeated);
        if (repeated.Count == 0)
            return false;
        edit.Edited();
        edit.Note($"of initializers with the same name the last one counts: '{string.Join("', '", repeated.Distinct())}'");
        return true;
    }

    private static void RemoveEarlier(Graph graph, List<string> repeated)
    {
        HashSet<string> seen = [];
        HashSet<Tensor> earlier = [];
        foreach (Tensor tensor in Enumerable.Reverse(graph.Initializers))
        {
            if (!seen.Add(tensor.Name))
                earlier.Add(tensor);
        }
        graph.Initializers.RemoveAll(earlier.Contains);
        repeated.AddRange(earlier.Select(tensor => tensor.Name));
        foreach (Graph subgraph in graph.Nodes.SelectMany(node => node.Subgraphs))
            RemoveEarlier(subgraph, repeated);
    }
}
