using Quantizer.Graphs;

namespace Quantizer.Normalization.Repairs;

/// <summary>
/// Of several initializers of one name and one value in a graph, one stays. So in subgraphs. Where their values differ, the model is
/// refused: ONNX Runtime takes the last of small ones, and the first of large ones.
/// </summary>
internal static class RepeatedInitializers
{
    /// <exception cref="QuantizationException">Two initializers of one name differ.</exception>
    public static bool Apply(GraphEdit edit)
    {
        HashSet<string> repeated = [];
        RemoveCopies(edit.Graph, repeated);
        if (repeated.Count == 0)
            return false;
        edit.Edited();
        edit.Note($"initializers that were there more than once: '{string.Join("', '", repeated)}'");
        return true;
    }

    private static void RemoveCopies(Graph graph, HashSet<string> repeated)
    {
        Dictionary<string, Tensor> seen = [];
        HashSet<Tensor> copies = [];
        foreach (Tensor tensor in graph.Initializers)
        {
            if (seen.TryAdd(tensor.Name, tensor))
                continue;
            if (!AreEqual(seen[tensor.Name], tensor))
            {
                throw new QuantizationException(
                    $"The model has two initializers called '{tensor.Name}', of different values ({seen[tensor.Name]} and {tensor}), so "
                        + "that nobody knows which one counts. Export it again, or remove one of them."
                );
            }
            copies.Add(tensor);
            repeated.Add(tensor.Name);
        }
        graph.Initializers.RemoveAll(copies.Contains);
        foreach (Graph subgraph in graph.Nodes.SelectMany(node => node.Subgraphs))
            RemoveCopies(subgraph, repeated);
    }

    private static bool AreEqual(Tensor first, Tensor second) =>
        first.Type == second.Type
        && first.Dimensions.SequenceEqual(second.Dimensions)
        && first.Strings is null
        && second.Strings is null
        && first.Data.Span.SequenceEqual(second.Data.Span);
}
