using System.Buffers.Binary;
using Google.Protobuf.Collections;
using Quantizer.Graphs.Serialization.Wire;

namespace Quantizer.Graphs.Serialization;

/// <summary>
/// The typed data fields of a tensor message from and to raw little-endian bytes. Which field holds which element type
/// is the table of the ONNX IR ("TensorProto"): everything of up to 32 bits but uint32 lies in <c>int32_data</c>, one
/// element each, except sub-byte types, which lie there one packed byte each.
/// </summary>
internal static class TypedData
{
    private enum Field { None, Floats, Doubles, Int32s, Int64s, UInt64s }

    /// <summary>The typed field of the message as raw bytes; empty when the element type has no such field.</summary>
    public static byte[] Take(TensorProto proto, ElementType type) => FieldOf(type) switch
    {
        Field.Floats => Bytes(proto.FloatData, sizeof(float), (span, value) => BinaryPrimitives.WriteSingleLittleEndian(span, value)),
        Field.Doubles => Bytes(proto.DoubleData, sizeof(double), (span, value) => BinaryPrimitives.WriteDoubleLittleEndian(span, value)),
        Field.Int64s => Bytes(proto.Int64Data, sizeof(long), (span, value) => BinaryPrimitives.WriteInt64LittleEndian(span, value)),
        Field.UInt64s when type == ElementType.UInt32 =>
            Bytes(proto.Uint64Data, sizeof(uint), (span, value) => BinaryPrimitives.WriteUInt32LittleEndian(span, unchecked((uint)value))),
        Field.UInt64s => Bytes(proto.Uint64Data, sizeof(ulong), (span, value) => BinaryPrimitives.WriteUInt64LittleEndian(span, value)),
        Field.Int32s => Width(type) switch
        {
            1 => Bytes(proto.Int32Data, 1, (span, value) => span[0] = unchecked((byte)value)),
            2 => Bytes(proto.Int32Data, 2, (span, value) => BinaryPrimitives.WriteInt16LittleEndian(span, unchecked((short)value))),
            _ => Bytes(proto.Int32Data, 4, (span, value) => BinaryPrimitives.WriteInt32LittleEndian(span, value)),
        },
        _ => [],
    };

    /// <summary>Puts raw bytes into the typed field of the element type; false when the type has none.</summary>
    public static bool Put(TensorProto proto, ElementType type, ReadOnlySpan<byte> data)
    {
        switch (FieldOf(type))
        {
            case Field.Floats: Add(proto.FloatData, data, sizeof(float), BinaryPrimitives.ReadSingleLittleEndian); return true;
            case Field.Doubles: Add(proto.DoubleData, data, sizeof(double), BinaryPrimitives.ReadDoubleLittleEndian); return true;
            case Field.Int64s: Add(proto.Int64Data, data, sizeof(long), BinaryPrimitives.ReadInt64LittleEndian); return true;
            case Field.UInt64s when type == ElementType.UInt32:
                Add(proto.Uint64Data, data, sizeof(uint), span => BinaryPrimitives.ReadUInt32LittleEndian(span));
                return true;
            case Field.UInt64s: Add(proto.Uint64Data, data, sizeof(ulong), BinaryPrimitives.ReadUInt64LittleEndian); return true;
            case Field.Int32s: Add(proto.Int32Data, data, Width(type), Int32Reader(type)); return true;
            default: return false;
        }
    }

    public static void Clear(TensorProto proto, ElementType type)
    {
        switch (FieldOf(type))
        {
            case Field.Floats: proto.FloatData.Clear(); break;
            case Field.Doubles: proto.DoubleData.Clear(); break;
            case Field.Int64s: proto.Int64Data.Clear(); break;
            case Field.UInt64s: proto.Uint64Data.Clear(); break;
            case Field.Int32s: proto.Int32Data.Clear(); break;
        }
    }

    private delegate T Reader<T>(ReadOnlySpan<byte> span);

    private delegate void Writer<T>(Span<byte> span, T value);

    private static Field FieldOf(ElementType type) => type switch
    {
        ElementType.Float or ElementType.Complex64 => Field.Floats,
        ElementType.Double or ElementType.Complex128 => Field.Doubles,
        ElementType.Int64 => Field.Int64s,
        ElementType.UInt32 or ElementType.UInt64 => Field.UInt64s,
        _ => ElementTypes.BitsOf(type) is > 0 and <= 32 ? Field.Int32s : Field.None,
    };

    private static int Width(ElementType type) => Math.Max(ElementTypes.BitsOf(type) / 8, 1);

    // Signed types keep their sign in the 32-bit field; bit patterns (halves, float8, packed nibbles) are unsigned there.
    private static Reader<int> Int32Reader(ElementType type) => (type, Width(type)) switch
    {
        (ElementType.Int8, _) => span => (sbyte)span[0],
        (ElementType.Int16, _) => span => BinaryPrimitives.ReadInt16LittleEndian(span),
        (_, 1) => span => span[0],
        (_, 2) => span => BinaryPrimitives.ReadUInt16LittleEndian(span),
        _ => BinaryPrimitives.ReadInt32LittleEndian,
    };

    private static byte[] Bytes<T>(RepeatedField<T> values, int width, Writer<T> write)
    {
        byte[] bytes = new byte[checked(values.Count * width)];
        for (int i = 0; i < values.Count; i++) write(bytes.AsSpan(i * width, width), values[i]);
        return bytes;
    }

    private static void Add<T>(RepeatedField<T> values, ReadOnlySpan<byte> data, int width, Reader<T> read)
    {
        values.Capacity = data.Length / width;
        for (int at = 0; at < data.Length; at += width) values.Add(read(data.Slice(at, width)));
    }
}
