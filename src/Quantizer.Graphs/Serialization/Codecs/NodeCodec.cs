using Quantizer.Graphs.Serialization.Wire;

namespace Quantizer.Graphs.Serialization.Codecs;

/// <summary><see cref="Node"/> from and to its message.</summary>
internal static class NodeCodec
{
    /// <summary>Consumes the message.</summary>
    public static Node Read(NodeProto proto, TensorReader tensors)
    {
        string opType = proto.OpType,
            name = proto.Name,
            doc = proto.DocString,
            domain = StandardDomain.Canonical(proto.Domain);
        string[] inputs = [.. proto.Input],
            outputs = [.. proto.Output];
        List<NodeAttribute> attributes = [.. proto.Attribute.Select(attribute => AttributeCodec.Read(attribute, tensors))];
        proto.Input.Clear();
        proto.Output.Clear();
        proto.Attribute.Clear();
        if (name.Length > 0)
            proto.ClearName();
        if (opType.Length > 0)
            proto.ClearOpType();
        if (domain.Length > 0)
            proto.ClearDomain();
        if (doc.Length > 0)
            proto.ClearDocString();
        return new Node(opType, inputs, outputs, name, domain)
        {
            Attributes = attributes,
            DocString = doc,
            Preserved = Preservation.Rest(proto),
        };
    }

    public static NodeProto Write(Node node, TensorWriter tensors)
    {
        NodeProto proto = Preservation.Start(NodeProto.Parser, node.Preserved);
        if (node.Name.Length > 0)
            proto.Name = node.Name;
        if (node.OpType.Length > 0)
            proto.OpType = node.OpType;
        if (node.Domain.Length > 0)
            proto.Domain = node.Domain;
        if (node.DocString.Length > 0)
            proto.DocString = node.DocString;
        proto.Input.AddRange(node.Inputs);
        proto.Output.AddRange(node.Outputs);
        proto.Attribute.AddRange(node.Attributes.Select(attribute => AttributeCodec.Write(attribute, tensors)));
        return proto;
    }
}
