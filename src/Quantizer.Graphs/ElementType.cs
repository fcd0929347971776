namespace Quantizer.Graphs;

/// <summary>Element types of ONNX tensors; the numbers are those of <c>TensorProto.DataType</c>.</summary>
public enum ElementType
{
    /// <summary>Not said.</summary>
    Undefined = 0,

    /// <summary>float, 32 bits.</summary>
    Float = 1,

    /// <summary>Unsigned integers of 8 bits.</summary>
    UInt8 = 2,

    /// <summary>Signed integers of 8 bits.</summary>
    Int8 = 3,

    /// <summary>Unsigned integers of 16 bits.</summary>
    UInt16 = 4,

    /// <summary>Signed integers of 16 bits.</summary>
    Int16 = 5,

    /// <summary>Signed integers of 32 bits.</summary>
    Int32 = 6,

    /// <summary>Signed integers of 64 bits.</summary>
    Int64 = 7,

    /// <summary>Text.</summary>
    String = 8,

    /// <summary>True or false, one byte each.</summary>
    Bool = 9,

    /// <summary>IEEE half precision.</summary>
    Float16 = 10,

    /// <summary>double, 64 bits.</summary>
    Double = 11,

    /// <summary>Unsigned integers of 32 bits.</summary>
    UInt32 = 12,

    /// <summary>Unsigned integers of 64 bits.</summary>
    UInt64 = 13,

    /// <summary>Two floats.</summary>
    Complex64 = 14,

    /// <summary>Two doubles.</summary>
    Complex128 = 15,

    /// <summary>The upper half of a float.</summary>
    BFloat16 = 16,

    /// <summary>8 bits: 4 of exponent, 3 of mantissa, no infinities.</summary>
    Float8E4M3FN = 17,

    /// <summary>As <see cref="Float8E4M3FN"/>, without negative zero.</summary>
    Float8E4M3FNUZ = 18,

    /// <summary>8 bits: 5 of exponent, 2 of mantissa.</summary>
    Float8E5M2 = 19,

    /// <summary>As <see cref="Float8E5M2"/>, without infinities and negative zero.</summary>
    Float8E5M2FNUZ = 20,

    /// <summary>Unsigned integers of 4 bits.</summary>
    UInt4 = 21,

    /// <summary>Signed integers of 4 bits.</summary>
    Int4 = 22,

    /// <summary>4 bits: 2 of exponent, 1 of mantissa.</summary>
    Float4E2M1 = 23,

    /// <summary>8 bits of exponent: powers of two, for scales.</summary>
    Float8E8M0 = 24,

    /// <summary>Unsigned integers of 2 bits.</summary>
    UInt2 = 25,

    /// <summary>Signed integers of 2 bits.</summary>
    Int2 = 26,
}
