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

    /// <summary>The model with another graph.</summary>
    public static OnnxModel WithGraph(OnnxModel model, Graph graph) => new(graph)
    {
        IrVersion = model.IrVersion, OperatorSets = [.. model.OperatorSets], ProducerName = model.ProducerName, ProducerVersion = model.ProducerVersion,
        Domain = model.Domain, ModelVersion = model.ModelVersion, DocString = model.DocString, Metadata = [.. model.Metadata], Preserved = model.Preserved,
    };

    private static Node Of(Node node) => new(node.OpType, node.Inputs, node.Outputs, node.Name, node.Domain)
    {
        Attributes = [.. node.Attributes], DocString = node.DocString, Preserved = node.Preserved,
    };
}
