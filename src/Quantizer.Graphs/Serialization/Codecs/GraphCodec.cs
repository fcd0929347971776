using Quantizer.Graphs.Serialization.Wire;

namespace Quantizer.Graphs.Serialization.Codecs;

/// <summary><see cref="Graph"/> from and to its message.</summary>
internal static class GraphCodec
{
    /// <summary>Consumes the message.</summary>
    public static Graph Read(GraphProto proto, TensorReader tensors)
    {
        Graph graph = new()
        {
            Name = proto.Name,
            DocString = proto.DocString,
            Nodes = [.. proto.Node.Select(node => NodeCodec.Read(node, tensors))],
            Initializers = [.. proto.Initializer.Select(tensors.Read)],
            Inputs = [.. proto.Input.Select(ValueInfoCodec.Read)],
            Outputs = [.. proto.Output.Select(ValueInfoCodec.Read)],
            ValueInfos = [.. proto.ValueInfo.Select(ValueInfoCodec.Read)],
        };
        proto.Node.Clear();
        proto.Initializer.Clear();
        proto.Input.Clear();
        proto.Output.Clear();
        proto.ValueInfo.Clear();
        if (proto.Name.Length > 0)
            proto.ClearName();
        if (proto.DocString.Length > 0)
            proto.ClearDocString();
        graph.Preserved = Preservation.Rest(proto);
        return graph;
    }

    public static GraphProto Write(Graph graph, TensorWriter tensors)
    {
        GraphProto proto = Preservation.Start(GraphProto.Parser, graph.Preserved);
        if (graph.Name.Length > 0)
            proto.Name = graph.Name;
        if (graph.DocString.Length > 0)
            proto.DocString = graph.DocString;
        proto.Node.AddRange(graph.Nodes.Select(node => NodeCodec.Write(node, tensors)));
        proto.Initializer.AddRange(graph.Initializers.Select(tensors.WriteInitializer));
        proto.Input.AddRange(graph.Inputs.Select(ValueInfoCodec.Write));
        proto.Output.AddRange(graph.Outputs.Select(ValueInfoCodec.Write));
        proto.ValueInfo.AddRange(graph.ValueInfos.Select(ValueInfoCodec.Write));
        return proto;
    }
}
