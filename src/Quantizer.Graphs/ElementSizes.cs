namespace Quantizer.Graphs;

/// <summary>Facts about element types.</summary>
internal static class ElementSizes
{
    /// <summary>Bits of one element in raw data; 0 for strings and unknown types.</summary>
    public static int BitsOf(ElementType type) =>
        type switch
        {
            ElementType.UInt2 or ElementType.Int2 => 2,
            ElementType.UInt4 or ElementType.Int4 or ElementType.Float4E2M1 => 4,
            ElementType.UInt8
            or ElementType.Int8
            or ElementType.Bool
            or ElementType.Float8E4M3FN
            or ElementType.Float8E4M3FNUZ
            or ElementType.Float8E5M2
            or ElementType.Float8E5M2FNUZ
            or ElementType.Float8E8M0 => 8,
            ElementType.UInt16 or ElementType.Int16 or ElementType.Float16 or ElementType.BFloat16 => 16,
            ElementType.Float or ElementType.Int32 or ElementType.UInt32 => 32,
            ElementType.Int64 or ElementType.UInt64 or ElementType.Double or ElementType.Complex64 => 64,
            ElementType.Complex128 => 128,
            _ => 0,
        };

    /// <summary>Bytes of raw data for <paramref name="count"/> elements; sub-byte types are packed.</summary>
    public static long BytesOf(ElementType type, long count) => checked((count * BitsOf(type) + 7) / 8);
}
