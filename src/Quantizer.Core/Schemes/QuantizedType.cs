namespace Quantizer.Schemes;

/// <summary>The integer type of a quantized tensor.</summary>
internal enum QuantizedType
{
    UInt8,
    Int8,
    Int32,
}
