using Google.Protobuf;
using Quantizer.Graphs.Serialization.Wire;
using Kind = Quantizer.Graphs.Serialization.Wire.AttributeProto.Types.AttributeType;

namespace Quantizer.Graphs.Serialization.Codecs;

/// <summary>
/// <see cref="NodeAttribute"/> from and to its message. A missing <c>type</c> (IR version 1) is inferred, and is the one
/// thing that writing adds: later versions demand it.
/// </summary>
internal static class AttributeCodec
{
    /// <summary>Consumes the message.</summary>
    public static NodeAttribute Read(AttributeProto proto, TensorReader tensors)
    {
        string name = proto.Name,
            doc = proto.DocString;
        if (name.Length > 0)
            proto.ClearName();
        if (doc.Length > 0)
            proto.ClearDocString();
        AttributeValue value = TakeValue(proto, tensors);
        return new NodeAttribute(name, value) { DocString = doc, Preserved = Preservation.Rest(proto) };
    }

    public static AttributeProto Write(NodeAttribute attribute, TensorWriter tensors)
    {
        AttributeProto proto = Preservation.Start(AttributeProto.Parser, attribute.Preserved);
        bool replaced = proto.RefAttrName.Length > 0 || (proto.HasType && proto.Type != KindOf(attribute.Value));
        if (replaced && attribute.Value is not (AttributeValue.Opaque or AttributeValue.Reference))
            proto = new AttributeProto();
        if (attribute.Name.Length > 0)
            proto.Name = attribute.Name;
        if (attribute.DocString.Length > 0)
            proto.DocString = attribute.DocString;
        PutValue(attribute.Value, proto, tensors);
        return proto;
    }

    private static AttributeValue TakeValue(AttributeProto proto, TensorReader tensors)
    {
        Kind kind = proto.Type == Kind.Undefined ? Infer(proto) : proto.Type;
        if (proto.RefAttrName.Length > 0)
            return new AttributeValue.Reference(proto.RefAttrName);
        // A type without a value means the default (proto3 writers): the type then stays in the rest as the mark of it.
        bool omitted = kind switch
        {
            Kind.Float => !proto.HasF,
            Kind.Int => !proto.HasI,
            Kind.String => !proto.HasS,
            _ => false,
        };
        AttributeValue value = Take(kind, proto, tensors);
        if (value is not AttributeValue.Opaque && !omitted)
            proto.ClearType();
        return value;
    }

    private static AttributeValue Take(Kind kind, AttributeProto proto, TensorReader tensors)
    {
        AttributeValue value = kind switch
        {
            Kind.Float => new AttributeValue.Float(proto.F),
            Kind.Int => new AttributeValue.Int(proto.I),
            Kind.String => new AttributeValue.String(proto.S.Memory),
            Kind.Tensor when proto.T is not null => new AttributeValue.OfTensor(tensors.Read(proto.T)),
            Kind.Graph when proto.G is not null => new AttributeValue.OfGraph(GraphCodec.Read(proto.G, tensors)),
            Kind.Floats => new AttributeValue.FloatList([.. proto.Floats]),
            Kind.Ints => new AttributeValue.IntList([.. proto.Ints]),
            Kind.Strings => new AttributeValue.StringList([.. proto.Strings.Select(text => text.Memory)]),
            Kind.Graphs => new AttributeValue.GraphList([.. proto.Graphs.Select(graph => GraphCodec.Read(graph, tensors))]),
            _ => new AttributeValue.Opaque(),
        };
        switch (value)
        {
            case AttributeValue.Float:
                proto.ClearF();
                break;
            case AttributeValue.Int:
                proto.ClearI();
                break;
            case AttributeValue.String:
                proto.ClearS();
                break;
            case AttributeValue.OfTensor:
                proto.T = null;
                break;
            case AttributeValue.OfGraph:
                proto.G = null;
                break;
            case AttributeValue.FloatList:
                proto.Floats.Clear();
                break;
            case AttributeValue.IntList:
                proto.Ints.Clear();
                break;
            case AttributeValue.StringList:
                proto.Strings.Clear();
                break;
            case AttributeValue.GraphList:
                proto.Graphs.Clear();
                break;
        }
        return value;
    }

    private static Kind Infer(AttributeProto proto) =>
        proto.HasF ? Kind.Float
        : proto.HasI ? Kind.Int
        : proto.HasS ? Kind.String
        : proto.T is not null ? Kind.Tensor
        : proto.G is not null ? Kind.Graph
        : proto.Floats.Count > 0 ? Kind.Floats
        : proto.Ints.Count > 0 ? Kind.Ints
        : proto.Strings.Count > 0 ? Kind.Strings
        : proto.Graphs.Count > 0 ? Kind.Graphs
        : Kind.Undefined;

    private static Kind KindOf(AttributeValue value) =>
        value switch
        {
            AttributeValue.Float => Kind.Float,
            AttributeValue.Int => Kind.Int,
            AttributeValue.String => Kind.String,
            AttributeValue.OfTensor => Kind.Tensor,
            AttributeValue.OfGraph => Kind.Graph,
            AttributeValue.FloatList => Kind.Floats,
            AttributeValue.IntList => Kind.Ints,
            AttributeValue.StringList => Kind.Strings,
            AttributeValue.GraphList => Kind.Graphs,
            _ => Kind.Undefined,
        };

    private static void PutValue(AttributeValue value, AttributeProto proto, TensorWriter tensors)
    {
        if (value is AttributeValue.Opaque or AttributeValue.Reference)
            return;
        bool omitted = proto.HasType;
        proto.Type = KindOf(value);
        switch (value)
        {
            case AttributeValue.Float one:
                if (one.Value != 0 || !omitted)
                    proto.F = one.Value;
                break;
            case AttributeValue.Int one:
                if (one.Value != 0 || !omitted)
                    proto.I = one.Value;
                break;
            case AttributeValue.String one:
                if (!one.Bytes.IsEmpty || !omitted)
                    proto.S = UnsafeByteOperations.UnsafeWrap(one.Bytes);
                break;
            case AttributeValue.OfTensor one:
                proto.T = tensors.Write(one.Value);
                break;
            case AttributeValue.OfGraph one:
                proto.G = GraphCodec.Write(one.Value, tensors);
                break;
            case AttributeValue.FloatList many:
                proto.Floats.AddRange(many.Values);
                break;
            case AttributeValue.IntList many:
                proto.Ints.AddRange(many.Values);
                break;
            case AttributeValue.StringList many:
                proto.Strings.AddRange(many.Values.Select(UnsafeByteOperations.UnsafeWrap));
                break;
            case AttributeValue.GraphList many:
                proto.Graphs.AddRange(many.Values.Select(graph => GraphCodec.Write(graph, tensors)));
                break;
        }
    }
}
