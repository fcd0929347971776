namespace Quantizer.Schemes;

/// <summary>How real values map to integers: the type and whether zero point is fixed at the type's middle (symmetric).</summary>
/// <param name="Type">The integer type.</param>
/// <param name="IsSymmetric">True: zero point 0 for signed types, and the range mirrors around zero.</param>
internal readonly record struct QuantizationScheme(QuantizedType Type, bool IsSymmetric)
{
    /// <summary>Activations of ONNX Runtime's CPU kernels: unsigned, asymmetric.</summary>
    public static QuantizationScheme UInt8Asymmetric => new(QuantizedType.UInt8, false);

    /// <summary>Weights of ONNX Runtime's CPU kernels: signed, symmetric, -127..127.</summary>
    public static QuantizationScheme Int8Symmetric => new(QuantizedType.Int8, true);

    /// <summary>Of weights: those whose products a kernel adds in 16 bits; null: any integers may stand side by side.</summary>
    public ProductPairs? Pairs { get; init; }

    /// <summary>The smallest integer used; symmetric int8 leaves -128 out so that the grid mirrors around zero.</summary>
    public int QuantizedMin =>
        Type switch
        {
            QuantizedType.UInt8 => 0,
            QuantizedType.Int8 => IsSymmetric ? -127 : -128,
            _ => int.MinValue,
        };

    public int QuantizedMax =>
        Type switch
        {
            QuantizedType.UInt8 => 255,
            QuantizedType.Int8 => 127,
            _ => int.MaxValue,
        };
}
