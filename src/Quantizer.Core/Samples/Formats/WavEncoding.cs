using System.Buffers.Binary;

namespace Quantizer.Samples.Formats;

/// <summary>How a recording's values are stored.</summary>
/// <param name="IsFloat">IEEE floating-point numbers; else whole ones, signed but for those of 8 bits.</param>
internal sealed record WavEncoding(bool IsFloat, int Bits)
{
    /// <summary>One value, whole numbers brought to -1..1 by the power of two that they are of.</summary>
    /// <param name="bytes">From the value's first byte on.</param>
    public float Read(ReadOnlySpan<byte> bytes) =>
        (IsFloat, Bits) switch
        {
            (true, 32) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
            (true, _) => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            (false, 8) => (bytes[0] - 128) / 128f,
            (false, 16) => BinaryPrimitives.ReadInt16LittleEndian(bytes) / 32768f,
            (false, 24) => ((bytes[0] << 8 | bytes[1] << 16 | bytes[2] << 24) >> 8) / 8388608f,
            _ => BinaryPrimitives.ReadInt32LittleEndian(bytes) / 2147483648f,
        };
}
