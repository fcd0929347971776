namespace Quantizer.Graphs;

/// <summary>
/// What a message of the file holds beyond the fields modelled here: unknown fields of newer ONNX versions, and known
/// ones that no stage looks at. Opaque to everyone but serialization, which writes it back.
/// </summary>
internal readonly record struct PreservedFields(ReadOnlyMemory<byte> Bytes)
{
    public static PreservedFields None => default;

    public bool IsEmpty => Bytes.IsEmpty;
}
