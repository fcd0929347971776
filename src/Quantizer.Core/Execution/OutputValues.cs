using System.Runtime.InteropServices;
using Quantizer.Graphs;

namespace Quantizer.Execution;

/// <summary>Outputs of any numeric type as floats.</summary>
internal static class OutputValues
{
    /// <summary>Whether tensors of the type hold numbers.</summary>
    public static bool Supports(ElementType type) =>
        type
            is ElementType.Float
                or ElementType.Double
                or ElementType.Float16
                or ElementType.BFloat16
                or ElementType.Bool
                or ElementType.Int8
                or ElementType.Int16
                or ElementType.Int32
                or ElementType.Int64
                or ElementType.UInt8
                or ElementType.UInt16
                or ElementType.UInt32
                or ElementType.UInt64;

    /// <exception cref="QuantizationException">The output does not hold numbers.</exception>
    public static float[] Floats(TensorValue value) => Floats(value.Type, value.Data.Span);

    /// <inheritdoc cref="Floats(TensorValue)"/>
    public static float[] Floats(ElementType type, ReadOnlySpan<byte> data)
    {
        return type switch
        {
            ElementType.Float => MemoryMarshal.Cast<byte, float>(data).ToArray(),
            ElementType.Double => Convert<double>(data, x => (float)x),
            ElementType.Float16 => Convert<Half>(data, x => (float)x),
            ElementType.Int64 => Convert<long>(data, x => x),
            ElementType.Int32 => Convert<int>(data, x => x),
            ElementType.UInt8 or ElementType.Bool => Convert<byte>(data, x => x),
            ElementType.Int8 => Convert<sbyte>(data, x => x),
            ElementType.Int16 => Convert<short>(data, x => x),
            ElementType.UInt16 => Convert<ushort>(data, x => x),
            ElementType.UInt32 => Convert<uint>(data, x => x),
            ElementType.UInt64 => Convert<ulong>(data, x => x),
            // The upper half of a float's bits.
            ElementType.BFloat16 => Convert<ushort>(data, x => BitConverter.UInt32BitsToSingle((uint)x << 16)),
            _ => throw new QuantizationException($"An output of type {type} cannot be compared; expected a tensor of numbers."),
        };
    }

    private static float[] Convert<T>(ReadOnlySpan<byte> data, Func<T, float> convert)
        where T : unmanaged
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(data);
        float[] result = new float[values.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = convert(values[i]);
        return result;
    }
}
