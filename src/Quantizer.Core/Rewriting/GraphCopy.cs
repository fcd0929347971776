using Quantizer.Graphs;

namespace Quantizer.Rewriting;

/// <summary>Copies a graph so that edits leave the original alone; tensors and attributes, which are never edited, are shared.</summary>
internal static class GraphCopy
{
    public static Graph Of(Graph graph) => new()
    {
        Name = graph.Name,
        Nodes = [.. graph.Nodes.Select(Of)],
        Initializers = [.. graph.Initializers],
        Inputs = [.. graph.Inputs],
        Outputs = [.. graph.Outputs],
        ValueInfos = [.. graph.ValueInfos],
        DocString = graph.DocString,
        Preserved = graph.Preserved,
    };

    private static Node Of(Node node) => new(node.OpType, node.Inputs, node.Outputs, node.Name, node.Domain)
    {
        Attributes = [.. node.Attributes], DocString = node.DocString, Preserved = node.Preserved,
    };
}
