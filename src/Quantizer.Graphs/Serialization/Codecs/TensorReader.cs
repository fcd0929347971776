using Quantizer.Graphs.Serialization.ExternalData;
using Quantizer.Graphs.Serialization.Wire;
using Location = Quantizer.Graphs.Serialization.Wire.TensorProto.Types.DataLocation;

namespace Quantizer.Graphs.Serialization.Codecs;

/// <summary><see cref="Tensor"/>s from their messages. Only a tensor whose data fits its type and dimensions passes.</summary>
internal sealed class TensorReader(string source, ExternalFiles external)
{
    /// <summary>Consumes the message.</summary>
    /// <exception cref="ModelFormatException">The data and the dimensions disagree, or external data cannot be had.</exception>
    public Tensor Read(TensorProto proto)
    {
        Tensor tensor = Take(proto);
        // A segment holds only a part of the elements. Nobody writes segments any more, but they survive.
        if (proto.Segment is null)
            Check(tensor);
        return tensor;
    }

    private Tensor Take(TensorProto proto)
    {
        string name = proto.Name,
            doc = proto.DocString;
        ElementType type = (ElementType)proto.DataType;
        TensorStorage storage =
            proto.DataLocation == Location.External ? TensorStorage.External
            : proto.HasRawData ? TensorStorage.Raw
            : TensorStorage.Typed;
        string? location = storage == TensorStorage.External ? ExternalReference.LocationOf(proto) : null;
        ReadOnlyMemory<byte> data = TakeData(proto, type, storage);
        ReadOnlyMemory<byte>[]? strings = type == ElementType.String ? [.. proto.StringData.Select(text => text.Memory)] : null;
        long[] dimensions = [.. proto.Dims];
        if (strings is not null)
            proto.StringData.Clear();
        proto.Dims.Clear();
        if (name.Length > 0)
            proto.ClearName();
        if (doc.Length > 0)
            proto.ClearDocString();
        if (type != ElementType.Undefined)
            proto.ClearDataType();
        return new Tensor(name, type, dimensions, data)
        {
            Strings = strings,
            Storage = storage,
            ExternalLocation = location,
            DocString = doc,
            Preserved = Preservation.Rest(proto),
        };
    }

    private ReadOnlyMemory<byte> TakeData(TensorProto proto, ElementType type, TensorStorage storage)
    {
        if (storage == TensorStorage.External)
            external.Inline(proto);
        if (proto.HasRawData)
        {
            ReadOnlyMemory<byte> raw = proto.RawData.Memory;
            proto.ClearRawData();
            return raw;
        }
        byte[] data = TypedData.Read(proto, type);
        if (TypedData.IsExact(proto, type, data))
            TypedData.Clear(proto, type);
        return data;
    }

    private void Check(Tensor tensor)
    {
        foreach (long dimension in tensor.Dimensions)
        {
            if (dimension < 0)
                throw Wrong(tensor, $"has the dimension {dimension}; dimensions of a constant are 0 or more");
        }

        long expected,
            found;
        try
        {
            if (tensor.Strings is null && ElementSizes.BitsOf(tensor.Type) == 0)
                return; // A type of a newer ONNX version.
            expected = tensor.Strings is null ? ElementSizes.BytesOf(tensor.Type, tensor.ElementCount) : tensor.ElementCount;
        }
        catch (OverflowException error)
        {
            throw Wrong(tensor, "has more elements than 64 bits can count", error);
        }
        found = tensor.Strings?.Count ?? tensor.Data.Length;
        string unit = tensor.Strings is null ? "bytes" : "strings";
        if (found != expected)
            throw Wrong(tensor, $"needs {expected} {unit} of data for its dimensions, but the file holds {found}");
    }

    private ModelFormatException Wrong(Tensor tensor, string what, Exception? inner = null) =>
        new(
            $"'{source}': tensor '{tensor.Name}' ({tensor.Type}[{string.Join(',', tensor.Dimensions.Take(8))}]) {what}. The file is "
                + $"damaged: export or download the model again.",
            inner
        );
}
