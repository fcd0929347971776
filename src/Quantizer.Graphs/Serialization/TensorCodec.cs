using Google.Protobuf;
using Quantizer.Graphs.Serialization.Wire;
using Location = Quantizer.Graphs.Serialization.Wire.TensorProto.Types.DataLocation;

namespace Quantizer.Graphs.Serialization;

/// <summary><see cref="Tensor"/> from and to its message.</summary>
internal sealed class TensorCodec(string source)
{
    /// <summary>Consumes the message.</summary>
    public Tensor Read(TensorProto proto)
    {
        string name = proto.Name, doc = proto.DocString;
        ElementType type = (ElementType)proto.DataType;
        long[] dimensions = [.. proto.Dims];
        if (name.Length > 0) proto.ClearName();
        if (doc.Length > 0) proto.ClearDocString();
        if (type != ElementType.Undefined) proto.ClearDataType();
        proto.Dims.Clear();
        if (proto.DataLocation == Location.External)
            throw new ModelFormatException($"{source}: tensor '{name}' lies in an external file, which is not readable yet.");
        if (type == ElementType.String)
        {
            ReadOnlyMemory<byte>[] strings = [.. proto.StringData.Select(text => text.Memory)];
            proto.StringData.Clear();
            return new Tensor(name, type, dimensions, default)
            {
                Strings = strings, Storage = TensorStorage.Typed, DocString = doc, Preserved = Preservation.Rest(proto),
            };
        }
        bool raw = proto.HasRawData;
        ReadOnlyMemory<byte> data = raw ? proto.RawData.Memory : TakeTyped(proto, type);
        if (raw) proto.ClearRawData();
        return new Tensor(name, type, dimensions, data)
        {
            Storage = raw ? TensorStorage.Raw : TensorStorage.Typed, DocString = doc, Preserved = Preservation.Rest(proto),
        };
    }

    public TensorProto Write(Tensor tensor)
    {
        TensorProto proto = Preservation.Start(TensorProto.Parser, tensor.Preserved);
        if (tensor.Name.Length > 0) proto.Name = tensor.Name;
        if (tensor.DocString.Length > 0) proto.DocString = tensor.DocString;
        if (tensor.Type != ElementType.Undefined) proto.DataType = (int)tensor.Type;
        proto.Dims.AddRange(tensor.Dimensions);
        if (tensor.Strings is not null) proto.StringData.AddRange(tensor.Strings.Select(UnsafeByteOperations.UnsafeWrap));
        else if (tensor.Storage != TensorStorage.Typed || !TypedData.Put(proto, tensor.Type, tensor.Data.Span))
            proto.RawData = UnsafeByteOperations.UnsafeWrap(tensor.Data);
        return proto;
    }

    private static byte[] TakeTyped(TensorProto proto, ElementType type)
    {
        byte[] data = TypedData.Take(proto, type);
        TypedData.Clear(proto, type);
        return data;
    }
}
