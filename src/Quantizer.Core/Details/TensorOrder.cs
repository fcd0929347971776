using Quantizer.Graphs;

namespace Quantizer.Details;

/// <summary>Tensors in the order of a network.</summary>
internal static class TensorOrder
{
    /// <summary>What the graph is fed with, then what its nodes make, one after the other.</summary>
    public static IEnumerable<string> Of(Graph graph) =>
        graph
            .Inputs.Select(input => input.Name)
            .Concat(graph.Nodes.SelectMany(node => node.Outputs).Where(output => output.Length > 0))
            .Distinct();
}
