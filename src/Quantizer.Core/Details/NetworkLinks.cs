using Quantizer.Graphs;
using Quantizer.Reporting.Details;
using Quantizer.Work;

namespace Quantizer.Details;

/// <summary>The operators of a graph with their neighbours, seen through nodes that only quantize.</summary>
internal static class NetworkLinks
{
    /// <param name="graph">Its nodes have names of their own.</param>
    public static IReadOnlyList<LinkedNode> Of(Graph graph, WorkCount work)
    {
        GraphIndex index = new(graph);
        return
        [
            .. graph
                .Nodes.Where(node => !QuantizingNodes.Include(node))
                .Select(node => new LinkedNode(
                    node.Name,
                    [.. GraphIndex.ReadBy(node).Select(Meant).Distinct().Where(tensor => index.ConstantOf(tensor) is null)],
                    [.. node.Outputs.Where(output => output.Length > 0)],
                    work[node.Name]
                )),
        ];

        // Of what is quantized the tensor in front of it, as the FP32 network has it.
        string Meant(string tensor)
        {
            while (index.ProducerOf(tensor) is { } maker && QuantizingNodes.Include(maker) && maker.Inputs.Count > 0)
                tensor = maker.Inputs[0];
            return tensor;
        }
    }
}
