namespace Quantizer.Graphs;

/// <summary>
/// A copy whose lists, nodes, declarations and subgraphs can be edited without touching the source. Attribute values and the
/// bytes of tensors, which nobody edits, are shared.
/// </summary>
internal static class ModelCopy
{
    public static OnnxModel Of(OnnxModel model) =>
        new(Of(model.Graph))
        {
            IrVersion = model.IrVersion,
            OperatorSets = [.. model.OperatorSets],
            ProducerName = model.ProducerName,
            ProducerVersion = model.ProducerVersion,
            Domain = model.Domain,
            ModelVersion = model.ModelVersion,
            DocString = model.DocString,
            Metadata = [.. model.Metadata],
            Preserved = model.Preserved,
        };

    private static Graph Of(Graph graph) =>
        new()
        {
            Name = graph.Name,
            Nodes = [.. graph.Nodes.Select(Of)],
            Initializers = [.. graph.Initializers.Select(tensor => tensor.Renamed(tensor.Name))],
            Inputs = [.. graph.Inputs.Select(Of)],
            Outputs = [.. graph.Outputs.Select(Of)],
            ValueInfos = [.. graph.ValueInfos.Select(Of)],
            DocString = graph.DocString,
            Preserved = graph.Preserved,
        };

    private static Node Of(Node node) =>
        new(node.OpType, node.Inputs, node.Outputs, node.Name, node.Domain)
        {
            Attributes = [.. node.Attributes.Select(Of)],
            DocString = node.DocString,
            Preserved = node.Preserved,
        };

    private static NodeAttribute Of(NodeAttribute attribute) =>
        attribute.Value switch
        {
            AttributeValue.OfGraph one => attribute with { Value = new AttributeValue.OfGraph(Of(one.Value)) },
            AttributeValue.GraphList many => attribute with { Value = new AttributeValue.GraphList([.. many.Values.Select(Of)]) },
            _ => attribute,
        };

    private static ValueInfo Of(ValueInfo value) =>
        new(value.Name, value.Type, value.Shape) { DocString = value.DocString, Preserved = value.Preserved };
}
