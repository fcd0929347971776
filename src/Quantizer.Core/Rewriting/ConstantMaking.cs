using Quantizer.Graphs;

namespace Quantizer.Rewriting;

/// <summary>The nodes of a quantized graph that make constants of constants.</summary>
internal static class ConstantMaking
{
    /// <summary>What weights are turned back by, or made of another constant.</summary>
    private static readonly HashSet<string> Making = ["Cast", "DequantizeLinear", "Identity", "Mul", "Transpose"];

    /// <summary>In the order of the graph; what they make is added to the constants.</summary>
    /// <param name="graph">In topological order.</param>
    /// <param name="constants">That are known already.</param>
    public static IReadOnlyList<Node> In(Graph graph, HashSet<string> constants)
    {
        List<Node> makers = [];
        foreach (Node node in graph.Nodes)
        {
            if (
                node.Domain.Length > 0
                || !Making.Contains(node.OpType)
                || node.Outputs.Count != 1
                || !node.Inputs.TrueForAll(constants.Contains)
            )
            {
                continue;
            }
            makers.Add(node);
            constants.Add(node.Outputs[0]);
        }
        return makers;
    }
}
