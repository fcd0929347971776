using Quantizer.Graphs;
using Quantizer.Schemes;

namespace Quantizer.Rewriting;

/// <summary>Rounds constants to integers, half to even, as QuantizeLinear does.</summary>
internal static class IntegerTensors
{
    public static byte[] UInt8s(ReadOnlySpan<float> values, QuantizationParameters parameters)
    {
        byte[] result = new byte[values.Length];
        for (int i = 0; i < values.Length; i++)
            result[i] = (byte)Clamped(values[i], parameters.Scale, parameters.ZeroPoint, parameters.Scheme);
        return result;
    }

    /// <param name="scales">One per index along <paramref name="axis"/>, or a single one.</param>
    public static sbyte[] Int8s(Tensor weights, int axis, IReadOnlyList<float> scales, QuantizationScheme scheme)
    {
        ReadOnlySpan<float> values = weights.Values<float>();
        int inner = (int)weights.Dimensions.Skip(axis + 1).Aggregate(1L, (product, size) => product * size);
        int channels = (int)weights.Dimensions[axis];
        sbyte[] result = new sbyte[values.Length];
        for (int start = 0, run = 0; start < values.Length; start += inner, run++)
        {
            float scale = scales[scales.Count > 1 ? run % channels : 0];
            for (int i = start; i < start + inner; i++) result[i] = (sbyte)Clamped(values[i], scale, zeroPoint: 0, scheme);
        }
        return result;
    }

    /// <param name="scales">One per value, or a single one.</param>
    public static int[] Int32s(ReadOnlySpan<float> values, IReadOnlyList<float> scales)
    {
        int[] result = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double rounded = Math.Round(values[i] / (double)scales[scales.Count > 1 ? i : 0], MidpointRounding.ToEven);
            // The plan's scales leave room; a value outside is a fault of the plan, and wrapping around would hide it.
            result[i] = checked((int)rounded);
        }
        return result;
    }

    private static int Clamped(float value, float scale, int zeroPoint, QuantizationScheme scheme)
    {
        int rounded = (int)Math.Clamp(MathF.Round(value / scale, MidpointRounding.ToEven), -1e6f, 1e6f) + zeroPoint;
        return Math.Clamp(rounded, scheme.QuantizedMin, scheme.QuantizedMax);
    }
}
