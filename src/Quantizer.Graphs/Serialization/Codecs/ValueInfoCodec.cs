using Quantizer.Graphs.Serialization.Wire;
using WireDimension = Quantizer.Graphs.Serialization.Wire.TensorShapeProto.Types.Dimension;

namespace Quantizer.Graphs.Serialization.Codecs;

/// <summary>
/// <see cref="ValueInfo"/> from and to its message. The message's own type stays in the rest, so that denotations and
/// spellings (-1 or "" for an unknown size) survive where the declared shape has not changed.
/// </summary>
internal static class ValueInfoCodec
{
    /// <summary>Consumes the message.</summary>
    public static ValueInfo Read(ValueInfoProto proto)
    {
        string name = proto.Name,
            doc = proto.DocString;
        TypeProto.Types.Tensor? tensor = proto.Type?.TensorType;
        Dimension[]? shape = tensor?.Shape is null ? null : [.. tensor.Shape.Dim.Select(Read)];
        if (name.Length > 0)
            proto.ClearName();
        if (doc.Length > 0)
            proto.ClearDocString();
        return new ValueInfo(name, (ElementType)(tensor?.ElemType ?? 0), shape) { DocString = doc, Preserved = Preservation.Rest(proto) };
    }

    public static ValueInfoProto Write(ValueInfo value)
    {
        ValueInfoProto proto = Preservation.Start(ValueInfoProto.Parser, value.Preserved);
        if (value.Name.Length > 0)
            proto.Name = value.Name;
        if (value.DocString.Length > 0)
            proto.DocString = value.DocString;
        bool typed = value.Type != ElementType.Undefined || value.Shape is not null;
        if (typed || proto.Type?.TensorType is not null)
            Write(value, (proto.Type ??= new TypeProto()).TensorType ??= new TypeProto.Types.Tensor());
        return proto;
    }

    private static Dimension Read(WireDimension proto) =>
        proto.ValueCase switch
        {
            WireDimension.ValueOneofCase.DimValue when proto.DimValue >= 0 => new Dimension(proto.DimValue),
            WireDimension.ValueOneofCase.DimParam when proto.DimParam.Length > 0 => new Dimension(null, proto.DimParam),
            _ => Dimension.Unknown,
        };

    private static void Write(ValueInfo value, TypeProto.Types.Tensor proto)
    {
        if (proto.ElemType != (int)value.Type)
            proto.ElemType = (int)value.Type;
        if (value.Shape is null)
        {
            proto.Shape = null;
            return;
        }
        proto.Shape ??= new TensorShapeProto();
        while (proto.Shape.Dim.Count > value.Shape.Count)
            proto.Shape.Dim.RemoveAt(proto.Shape.Dim.Count - 1);
        while (proto.Shape.Dim.Count < value.Shape.Count)
            proto.Shape.Dim.Add(new WireDimension());
        for (int axis = 0; axis < value.Shape.Count; axis++)
            Write(value.Shape[axis], proto.Shape.Dim[axis]);
    }

    private static void Write(Dimension dimension, WireDimension proto)
    {
        if (Read(proto) == dimension)
            return;
        proto.ClearValue();
        if (dimension.Size is long size)
            proto.DimValue = size;
        else if (dimension.Symbol is string symbol)
            proto.DimParam = symbol;
    }
}
