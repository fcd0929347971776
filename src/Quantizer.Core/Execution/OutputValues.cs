using System.Runtime.InteropServices;
using Quantizer.Graphs;

namespace Quantizer.Execution;

/// <summary>Outputs of any numeric type as floats.</summary>
internal static class OutputValues
{
    /// <exception cref="QuantizationException">The output does not hold numbers.</exception>
    public static float[] Floats(TensorValue value)
    {
        ReadOnlySpan<byte> data = value.Data.Span;
        return value.Type switch
        {
            ElementType.Float => value.Floats.ToArray(),
            ElementType.Double => Convert<double>(data, x => (float)x),
            ElementType.Float16 => Convert<Half>(data, x => (float)x),
            ElementType.Int64 => Convert<long>(data, x => x),
            ElementType.Int32 => Convert<int>(data, x => x),
            ElementType.UInt8 or ElementType.Bool => Convert<byte>(data, x => x),
            ElementType.Int8 => Convert<sbyte>(data, x => x),
            _ => throw new QuantizationException($"An output of type {value.Type} cannot be compared; expected a tensor of numbers."),
        };
    }

    private static float[] Convert<T>(ReadOnlySpan<byte> data, Func<T, float> convert) where T : unmanaged
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(data);
        float[] result = new float[values.Length];
        for (int i = 0; i < result.Length; i++) result[i] = convert(values[i]);
        return result;
    }
}
