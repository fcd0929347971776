using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Quantizer.Kernels;

/// <summary>Rounds values to steps of 8 bits, half to even, as QuantizeLinear does. The same on every machine.</summary>
internal static class RoundingKernel
{
    /// <param name="values">Finite.</param>
    /// <param name="scales">The step of each value.</param>
    /// <param name="lowest">The least integer.</param>
    /// <param name="highest">The largest integer.</param>
    /// <param name="rounded">Gets the integers, signed or not, as bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Round(ReadOnlySpan<float> values, ReadOnlySpan<float> scales, int lowest, int highest, Span<byte> rounded)
    {
        ref float value = ref MemoryMarshal.GetReference(values);
        ref float step = ref MemoryMarshal.GetReference(scales[..values.Length]);
        ref byte result = ref MemoryMarshal.GetReference(rounded[..values.Length]);
        Vector256<float> low = Vector256.Create((float)lowest),
            high = Vector256.Create((float)highest);
        int vectorised = values.Length - values.Length % Vector256<byte>.Count;
        for (int i = 0; i < vectorised; i += Vector256<byte>.Count)
        {
            Vector256<int> first = Steps(ref value, ref step, i, low, high),
                second = Steps(ref value, ref step, i + Vector256<int>.Count, low, high),
                third = Steps(ref value, ref step, i + 2 * Vector256<int>.Count, low, high),
                fourth = Steps(ref value, ref step, i + 3 * Vector256<int>.Count, low, high);
            Vector256.Narrow(Vector256.Narrow(first, second), Vector256.Narrow(third, fourth)).AsByte().StoreUnsafe(ref result, (nuint)i);
        }
        for (int i = vectorised; i < values.Length; i++)
            rounded[i] = unchecked((byte)Step(values[i], scales[i], lowest, highest));
    }

    /// <summary>The plain twin, of one value.</summary>
    internal static int Step(float value, float scale, int lowest, int highest) =>
        (int)Math.Clamp(MathF.Round(value / scale, MidpointRounding.ToEven), lowest, highest);

    private static Vector256<int> Steps(ref float value, ref float step, int at, Vector256<float> low, Vector256<float> high)
    {
        Vector256<float> steps = Vector256.Round(Vector256.LoadUnsafe(ref value, (nuint)at) / Vector256.LoadUnsafe(ref step, (nuint)at));
        return Vector256.ConvertToInt32(Vector256.MaxNative(Vector256.MinNative(steps, high), low));
    }
}
