using Quantizer.Graphs;

namespace Quantizer.Normalization.Widening;

/// <summary>Floating-point tensors of other widths as float32.</summary>
internal static class FloatValues
{
    /// <summary>The same values in float32: exact for half precision and bfloat16, rounded to nearest for double.</summary>
    public static Tensor Of(Tensor tensor)
    {
        float[] values = tensor.Type switch
        {
            ElementType.Float16 => Array.ConvertAll(tensor.Values<Half>().ToArray(), value => (float)value),
            ElementType.BFloat16 => Array.ConvertAll(tensor.Values<ushort>().ToArray(), FromUpperHalf),
            ElementType.Double => Array.ConvertAll(tensor.Values<double>().ToArray(), value => (float)value),
            _ => throw new ArgumentException($"{tensor} is not of a floating-point type other than float32.", nameof(tensor)),
        };
        return Tensor.FromFloats(tensor.Name, tensor.Dimensions, values);
    }

    /// <summary>Whether a number of the tensor is finite and no float32 is as large.</summary>
    public static bool Overflow(Tensor tensor)
    {
        if (tensor.Type != ElementType.Double)
            return false;
        foreach (double value in tensor.Values<double>())
        {
            if (double.IsFinite(value) && !float.IsFinite((float)value))
                return true;
        }

        return false;
    }

    // "The upper half of a float": the lower half is zero.
    private static float FromUpperHalf(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
