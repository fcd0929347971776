using System.Runtime.InteropServices;
using Google.Protobuf.Collections;
using Quantizer.Graphs.Serialization.Wire;

namespace Quantizer.Graphs.Serialization.Codecs;

/// <summary>
/// The typed data fields of a tensor message from and to raw little-endian bytes. Which field holds which element type
/// is the table of the ONNX IR ("TensorProto"): everything of up to 32 bits but float and uint32 lies in
/// <c>int32_data</c>, one element each, except sub-byte types, which lie there one packed byte each.
/// </summary>
internal static class TypedData
{
    private enum Field
    {
        None,
        Floats,
        Doubles,
        Int32s,
        Int64s,
        UInt64s,
    }

    /// <summary>The typed field as raw bytes; empty when the element type has no such field. Values out of the type's range wrap.</summary>
    public static byte[] Read(TensorProto proto, ElementType type) =>
        FieldOf(type) switch
        {
            Field.Floats => Bytes(proto.FloatData),
            Field.Doubles => Bytes(proto.DoubleData),
            Field.Int64s => Bytes(proto.Int64Data),
            Field.UInt64s when type == ElementType.UInt32 => Bytes(proto.Uint64Data, value => unchecked((uint)value)),
            Field.UInt64s => Bytes(proto.Uint64Data),
            Field.Int32s => WidthOf(type) switch
            {
                1 => Bytes(proto.Int32Data, value => unchecked((byte)value)),
                2 => Bytes(proto.Int32Data, value => unchecked((ushort)value)),
                _ => Bytes(proto.Int32Data),
            },
            _ => [],
        };

    /// <summary>Appends raw bytes to the typed field of the element type; false when the type has none.</summary>
    public static bool Write(TensorProto proto, ElementType type, ReadOnlySpan<byte> data)
    {
        switch (FieldOf(type))
        {
            case Field.Floats:
                proto.FloatData.AddRange(MemoryMarshal.Cast<byte, float>(data).ToArray());
                break;
            case Field.Doubles:
                proto.DoubleData.AddRange(MemoryMarshal.Cast<byte, double>(data).ToArray());
                break;
            case Field.Int64s:
                proto.Int64Data.AddRange(MemoryMarshal.Cast<byte, long>(data).ToArray());
                break;
            case Field.UInt64s when type == ElementType.UInt32:
                Widen<uint, ulong>(data, proto.Uint64Data, value => value);
                break;
            case Field.UInt64s:
                proto.Uint64Data.AddRange(MemoryMarshal.Cast<byte, ulong>(data).ToArray());
                break;
            case Field.Int32s:
                WriteInt32s(proto.Int32Data, type, data);
                break;
            default:
                return false;
        }
        return true;
    }

    public static void Clear(TensorProto proto, ElementType type)
    {
        switch (FieldOf(type))
        {
            case Field.Floats:
                proto.FloatData.Clear();
                break;
            case Field.Doubles:
                proto.DoubleData.Clear();
                break;
            case Field.Int64s:
                proto.Int64Data.Clear();
                break;
            case Field.UInt64s:
                proto.Uint64Data.Clear();
                break;
            case Field.Int32s:
                proto.Int32Data.Clear();
                break;
        }
    }

    /// <summary>Whether raw bytes hold all that the typed field says: not so where a value lies outside its type's range.</summary>
    public static bool IsExact(TensorProto proto, ElementType type, ReadOnlySpan<byte> data)
    {
        if (FieldOf(type) is not (Field.Int32s or Field.UInt64s))
            return true;
        TensorProto again = new();
        Write(again, type, data);
        return again.Int32Data.Equals(proto.Int32Data) && again.Uint64Data.Equals(proto.Uint64Data);
    }

    /// <summary>The most bytes that one element takes in its field, for sums before writing.</summary>
    public static int LargestElement(ElementType type) =>
        FieldOf(type) switch
        {
            Field.Floats => sizeof(float),
            Field.Doubles => sizeof(double),
            _ => 10, // A negative number as a varint: 64 bits, 7 a byte.
        };

    /// <summary>Bytes of one entry of the typed field once raw; a packed byte of a sub-byte type counts as one entry.</summary>
    public static int WidthOf(ElementType type) =>
        FieldOf(type) switch
        {
            Field.Floats => sizeof(float),
            Field.Doubles => sizeof(double),
            _ => Math.Max(ElementSizes.BitsOf(type) / 8, 1),
        };

    private static Field FieldOf(ElementType type) =>
        type switch
        {
            ElementType.Float or ElementType.Complex64 => Field.Floats,
            ElementType.Double or ElementType.Complex128 => Field.Doubles,
            ElementType.Int64 => Field.Int64s,
            ElementType.UInt32 or ElementType.UInt64 => Field.UInt64s,
            _ => ElementSizes.BitsOf(type) is > 0 and <= 32 ? Field.Int32s : Field.None,
        };

    // Signed types keep their sign in the 32-bit field; bit patterns (halves, float8, packed nibbles) are unsigned there.
    private static void WriteInt32s(RepeatedField<int> values, ElementType type, ReadOnlySpan<byte> data)
    {
        switch (type)
        {
            case ElementType.Int32:
                values.AddRange(MemoryMarshal.Cast<byte, int>(data).ToArray());
                break;
            case ElementType.Int16:
                Widen<short, int>(data, values, value => value);
                break;
            case ElementType.Int8:
                Widen<sbyte, int>(data, values, value => value);
                break;
            default:
                if (WidthOf(type) == 1)
                    Widen<byte, int>(data, values, value => value);
                else
                    Widen<ushort, int>(data, values, value => value);
                break;
        }
    }

    private static byte[] Bytes<T>(RepeatedField<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(values.ToArray()).ToArray();

    private static byte[] Bytes<TWide, TNarrow>(RepeatedField<TWide> values, Func<TWide, TNarrow> narrow)
        where TNarrow : unmanaged
    {
        TNarrow[] narrowed = new TNarrow[values.Count];
        for (int i = 0; i < narrowed.Length; i++)
            narrowed[i] = narrow(values[i]);
        return MemoryMarshal.AsBytes<TNarrow>(narrowed).ToArray();
    }

    private static void Widen<TNarrow, TWide>(ReadOnlySpan<byte> data, RepeatedField<TWide> values, Func<TNarrow, TWide> widen)
        where TNarrow : unmanaged
    {
        foreach (TNarrow value in MemoryMarshal.Cast<byte, TNarrow>(data))
            values.Add(widen(value));
    }
}
