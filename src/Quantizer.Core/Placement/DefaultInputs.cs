using Quantizer.Graphs;

namespace Quantizer.Placement;

/// <summary>What depends on inputs with a default: a caller may give values that calibration has not seen.</summary>
internal static class DefaultInputs
{
    /// <summary>The nodes that depend on such inputs, each with the reason why it stays in float.</summary>
    public static IReadOnlyDictionary<string, string> DependentsIn(Graph graph)
    {
        HashSet<string> initializers = [.. graph.Initializers.Select(tensor => tensor.Name)];
        Dictionary<string, string> inputOf = graph
            .Inputs.Select(input => input.Name)
            .Where(initializers.Contains)
            .ToDictionary(name => name);
        Dictionary<string, string> reasons = [];
        if (inputOf.Count == 0)
            return reasons;
        foreach (Node node in graph.Nodes)
        {
            if (GraphIndex.ReadBy(node).FirstOrDefault(inputOf.ContainsKey) is not { } read)
                continue;
            string input = inputOf[read];
            reasons[node.Name] = $"it depends on input '{input}', whose default callers may replace by any value";
            foreach (string output in node.Outputs)
                inputOf[output] = input;
        }
        return reasons;
    }
}
