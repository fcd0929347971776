using Google.Protobuf;
using Quantizer.Graphs.Serialization.ExternalData;
using Quantizer.Graphs.Serialization.Wire;

namespace Quantizer.Graphs.Serialization.Codecs;

/// <summary>A tensor whose data is still to be put into its message, or beside it.</summary>
internal readonly record struct TensorPlacement(TensorProto Proto, Tensor Tensor, bool IsInitializer)
{
    // The data field's tag and length, and what they add to the lengths of the messages around them.
    private const int Overhead = 64;

    /// <summary>The most bytes that the data adds to the file when it is put in.</summary>
    public long LargestInlineSize
    {
        get
        {
            long data = Tensor.Data.Length;
            if (Tensor.Storage == TensorStorage.Typed)
                data = data / TypedData.WidthOf(Tensor.Type) * TypedData.LargestElement(Tensor.Type);
            return data + Overhead;
        }
    }

    public void PutInline()
    {
        if (Tensor.Storage == TensorStorage.Typed && PutTyped())
            return;
        Proto.RawData = UnsafeByteOperations.UnsafeWrap(Tensor.Data);
    }

    public void PutExternal(string location, long offset)
    {
        TypedData.Clear(Proto, Tensor.Type);
        ExternalReference.Set(Proto, location, offset, Tensor.Data.Length);
    }

    private bool PutTyped()
    {
        // What raw bytes cannot say stayed in the rest; it counts for as long as it means the same data.
        if (TypedData.Read(Proto, Tensor.Type).AsSpan().SequenceEqual(Tensor.Data.Span))
            return true;
        TypedData.Clear(Proto, Tensor.Type);
        return TypedData.Write(Proto, Tensor.Type, Tensor.Data.Span);
    }
}
