using Google.Protobuf;
using Google.Protobuf.Reflection;
using Quantizer.Graphs.Serialization.Wire;
using Kind = Quantizer.Graphs.Serialization.Wire.AttributeProto.Types.AttributeType;

namespace Quantizer.Graphs.Tests.Serialization;

/// <summary>Models in which every field of every message of the schema is set, found by descriptor: a new field is covered by
/// itself.</summary>
internal static class FilledMessages
{
    // Deep enough for a subgraph with a tensor of a sparse tensor in it.
    private const int MaxDepth = 8;
    private static readonly Kind[] Kinds = Enum.GetValues<Kind>();

    /// <summary>A field number that no version of ONNX uses.</summary>
    public const int UnknownField = 1000;

    /// <summary>Every field has a value of its own, and every message an unknown field.</summary>
    public static ModelProto WithValues() =>
        Fill(ModelProto.Descriptor, new Filling(Defaults: false)) as ModelProto ?? throw new InvalidOperationException();

    /// <summary>Every field is present, and every scalar has its default value.</summary>
    public static ModelProto WithExplicitDefaults()
    {
        ModelProto model = (ModelProto)Fill(ModelProto.Descriptor, new Filling(Defaults: true));
        model.IrVersion = 8;
        return model;
    }

    private sealed record Filling(bool Defaults)
    {
        private int _next,
            _nextKind;

        public int Next() => ++_next;

        public int NextKind() => ++_nextKind;
    }

    private static IMessage Fill(MessageDescriptor type, Filling filling, int depth = 0)
    {
        if (type == TensorProto.Descriptor)
            return WithUnknown(Tensor(filling));
        if (type == AttributeProto.Descriptor)
            return WithUnknown(Attribute(Kinds[filling.NextKind() % Kinds.Length], filling, depth));
        IMessage message = type.Parser.ParseFrom([]);
        foreach (FieldDescriptor field in type.Fields.InFieldNumberOrder())
        {
            // The members of a oneof take turns.
            if (field.RealContainingOneof is OneofDescriptor oneof && oneof.Fields[filling.Next() % oneof.Fields.Count] != field)
                continue;
            bool isOuter = type == NodeProto.Descriptor && depth <= 2;
            int count =
                isOuter && field.Name == "attribute" ? Kinds.Length
                : depth < 4 ? 2
                : 1;
            if (field.IsRepeated)
            {
                for (int i = 0; i < count; i++)
                    Add(message, field, filling, depth);
            }
            else if (Value(field, filling, depth) is object value)
            {
                field.Accessor.SetValue(message, value);
            }
        }
        return WithUnknown(message);
    }

    private static void Add(IMessage message, FieldDescriptor field, Filling filling, int depth)
    {
        if (Value(field, filling, depth) is object value)
            ((System.Collections.IList)field.Accessor.GetValue(message)).Add(value);
    }

    private static object? Value(FieldDescriptor field, Filling filling, int depth) =>
        field.FieldType switch
        {
            FieldType.Message => depth < MaxDepth ? Fill(field.MessageType, filling, depth + 1) : null,
            FieldType.String => filling.Defaults ? "" : $"{field.Name}-é-{filling.Next()}",
            FieldType.Bytes => filling.Defaults ? ByteString.Empty : ByteString.CopyFrom(0xFF, 0xFE, (byte)filling.Next()),
            FieldType.Int64 => filling.Defaults ? 0L : filling.Next(),
            FieldType.Int32 => filling.Defaults ? 0 : filling.Next(),
            FieldType.Float => filling.Defaults ? 0f : filling.Next() + 0.5f,
            _ => throw new NotSupportedException($"{field.FullName} has the new type {field.FieldType}: say how to fill it."),
        };

    // A tensor's fields depend on each other: 2 elements, typed or raw in turn.
    private static TensorProto Tensor(Filling filling)
    {
        TensorProto tensor = new()
        {
            Dims = { 2 },
            Name = filling.Defaults ? "" : $"tensor{filling.Next()}",
            DocString = filling.Defaults ? "" : "doc",
        };
        tensor.MetadataProps.Add(new StringStringEntryProto { Key = "k", Value = "" });
        switch (filling.Next() % 4)
        {
            case 0:
                (tensor.DataType, tensor.RawData) = ((int)ElementType.UInt8, ByteString.CopyFrom(1, 2));
                break;
            case 1:
                tensor.DataType = (int)ElementType.String;
                tensor.StringData.AddRange([ByteString.CopyFrom(0xC3), ByteString.Empty]);
                break;
            case 2:
                tensor.DataType = (int)ElementType.Float;
                tensor.FloatData.AddRange([float.NaN, -0f]);
                break;
            default:
                tensor.DataType = (int)ElementType.Float16;
                tensor.Segment = new TensorProto.Types.Segment { Begin = 0, End = 1 };
                tensor.Int32Data.Add(0xFC00);
                tensor.DataLocation = TensorProto.Types.DataLocation.Default;
                break;
        }
        return tensor;
    }

    // An attribute has one value, of the field that its type names.
    private static AttributeProto Attribute(Kind kind, Filling filling, int depth)
    {
        AttributeProto attribute = new()
        {
            Name = filling.Defaults ? "" : $"a{filling.Next()}",
            Type = kind,
            DocString = filling.Defaults ? "" : "doc",
        };
        string name = kind switch
        {
            Kind.Undefined => "ref_attr_name",
            Kind.Float => "f",
            Kind.Int => "i",
            Kind.String => "s",
            Kind.Tensor => "t",
            Kind.Graph => "g",
            Kind.SparseTensor => "sparse_tensor",
            Kind.SparseTensors => "sparse_tensors",
            Kind.TypeProto => "tp",
            Kind.TypeProtos => "type_protos",
            _ => kind.ToString().ToLowerInvariant(),
        };
        FieldDescriptor field = AttributeProto.Descriptor.FindFieldByName(name);
        if (kind == Kind.Undefined)
            attribute.Type = Kind.Int;
        if (field.IsRepeated)
            Add(attribute, field, filling, depth);
        else if (Value(field, filling, depth) is object value)
            field.Accessor.SetValue(attribute, value);
        return attribute;
    }

    private static IMessage WithUnknown(IMessage message)
    {
        using MemoryStream bytes = new();
        message.WriteTo(bytes);
        CodedOutputStream output = new(bytes);
        output.WriteTag(UnknownField, WireFormat.WireType.LengthDelimited);
        output.WriteString("from the future");
        output.Flush();
        return message.Descriptor.Parser.ParseFrom(bytes.ToArray());
    }
}
