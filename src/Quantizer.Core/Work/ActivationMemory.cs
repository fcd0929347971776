using Quantizer.Graphs;

namespace Quantizer.Work;

/// <summary>
/// The most bytes of activations that are alive at once when the nodes of a graph run in their order. A tensor lives from the node that
/// makes it to the last one that reads it; inputs, which belong to the caller, and outputs live to the end. What only looks at a tensor in
/// another shape takes no memory of its own. Constants and what kernels use inside are left out.
/// </summary>
/// <param name="PeakBytes">Null where a size is not known.</param>
/// <param name="Node">The node at which it is reached; empty where the inputs alone are it.</param>
/// <param name="Unknown">What keeps it from being known: a tensor, or a node with a body of its own; empty where it is known.</param>
internal sealed record ActivationMemory(long? PeakBytes, string Node, string Unknown)
{
    private static readonly HashSet<string> Views = ["Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity"];

    /// <param name="bytesOf">Of a tensor's values; null when a size is not known.</param>
    public static ActivationMemory Of(Graph graph, Func<string, long?> bytesOf)
    {
        if (graph.Nodes.Find(node => node.Subgraphs.Any()) is { } outer)
            return new ActivationMemory(null, "", outer.Name);
        Dictionary<string, string> holders = Holders(graph);
        ILookup<int, string> ends = Ends(graph, holders);
        long alive = 0;
        foreach (string input in InputsOf(graph))
        {
            if (bytesOf(input) is not { } bytes)
                return new ActivationMemory(null, "", input);
            alive = checked(alive + bytes);
        }
        ActivationMemory peak = new(alive, "", "");
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            foreach (string output in graph.Nodes[i].Outputs.Where(output => holders.GetValueOrDefault(output) == output))
            {
                if (bytesOf(output) is not { } bytes)
                    return new ActivationMemory(null, "", output);
                alive = checked(alive + bytes);
            }
            if (alive > peak.PeakBytes)
                peak = new ActivationMemory(alive, graph.Nodes[i].Name, "");
            alive -= ends[i].Sum(tensor => bytesOf(tensor)!.Value);
        }
        return peak;
    }

    /// <summary>Every activation with the one whose memory it is in: mostly its own.</summary>
    private static Dictionary<string, string> Holders(Graph graph)
    {
        Dictionary<string, string> holders = InputsOf(graph).ToDictionary(input => input);
        foreach (Node node in graph.Nodes)
        {
            bool isView = node.Domain.Length == 0 && Views.Contains(node.OpType);
            foreach (string output in node.Outputs.Where(output => output.Length > 0))
                holders[output] = isView && holders.TryGetValue(node.Inputs[0], out string? seen) ? seen : output;
        }
        return holders;
    }

    /// <summary>By the number of a node, the tensors made by nodes whose last reader it is.</summary>
    private static ILookup<int, string> Ends(Graph graph, Dictionary<string, string> holders)
    {
        HashSet<string> kept = [.. InputsOf(graph), .. graph.Outputs.Select(output => holders.GetValueOrDefault(output.Name, output.Name))];
        Dictionary<string, int> last = [];
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            Node node = graph.Nodes[i];
            foreach (string tensor in node.Inputs.Concat(node.Outputs))
            {
                if (holders.TryGetValue(tensor, out string? holder) && !kept.Contains(holder))
                    last[holder] = i;
            }
        }
        return last.ToLookup(end => end.Value, end => end.Key);
    }

    /// <summary>Old files list constants among the inputs.</summary>
    private static IEnumerable<string> InputsOf(Graph graph)
    {
        HashSet<string> constants = [.. graph.Initializers.Select(tensor => tensor.Name)];
        return graph.Inputs.Select(input => input.Name).Where(input => !constants.Contains(input));
    }
}
