using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Quantizer.Kernels;

/// <summary>
/// Extremes, zeros and non-finite values in one pass. Every path gives the same result. Each loop ends in the next
/// narrower one: 512 bits, 256 bits, scalar.
/// </summary>
internal static class ScanKernel
{
    public static ValueScan Scan(ReadOnlySpan<float> values) =>
        Vector512.IsHardwareAccelerated ? ScanVector512(values)
        : Vector256.IsHardwareAccelerated ? ScanVector256(values)
        : ScanScalar(values);

    /// <summary>How many values equal <paramref name="value"/>, which is neither zero nor NaN.</summary>
    public static long CountEqual(ReadOnlySpan<float> values, float value) =>
        // As integers, since equality of floats is vectorised less well; equal bits are equal values but for zero and NaN.
        MemoryMarshal.Cast<float, int>(values).Count(BitConverter.SingleToInt32Bits(value));

    /// <summary>The plain twin of the vector paths.</summary>
    internal static ValueScan ScanScalar(ReadOnlySpan<float> values) =>
        Scan(values, float.PositiveInfinity, float.NegativeInfinity, 0, uint.MaxValue, 0);

    internal static ValueScan ScanVector256(ReadOnlySpan<float> values) =>
        Scan(values, Vector256.Create(float.PositiveInfinity), Vector256.Create(float.NegativeInfinity),
            Vector256<uint>.Zero, Vector256<uint>.AllBitsSet, Vector256<uint>.Zero);

    internal static ValueScan ScanVector512(ReadOnlySpan<float> values)
    {
        Vector512<float> min = Vector512.Create(float.PositiveInfinity);
        Vector512<float> max = Vector512.Create(float.NegativeInfinity);
        Vector512<uint> zeros = Vector512<uint>.Zero;
        Vector512<uint> smallest = Vector512<uint>.AllBitsSet;
        Vector512<uint> largest = Vector512<uint>.Zero;
        ref float first = ref MemoryMarshal.GetReference(values);
        int vectorised = values.Length - (values.Length % Vector512<float>.Count);
        for (int i = 0; i < vectorised; i += Vector512<float>.Count)
        {
            Vector512<float> value = Vector512.LoadUnsafe(ref first, (nuint)i);
            min = Vector512.MinNative(min, value);
            max = Vector512.MaxNative(max, value);
            Vector512<uint> doubled = value.AsUInt32() << 1;
            zeros -= Vector512.Equals(doubled, Vector512<uint>.Zero);
            smallest = Vector512.Min(smallest, doubled - Vector512<uint>.One);
            largest = Vector512.Max(largest, doubled);
        }
        return Scan(values[vectorised..],
            Vector256.MinNative(min.GetLower(), min.GetUpper()), Vector256.MaxNative(max.GetLower(), max.GetUpper()),
            zeros.GetLower() + zeros.GetUpper(), Vector256.Min(smallest.GetLower(), smallest.GetUpper()),
            Vector256.Max(largest.GetLower(), largest.GetUpper()));
    }

    private static ValueScan Scan(
        ReadOnlySpan<float> values, Vector256<float> min, Vector256<float> max, Vector256<uint> zeros, Vector256<uint> smallest, Vector256<uint> largest)
    {
        ref float first = ref MemoryMarshal.GetReference(values);
        int vectorised = values.Length - (values.Length % Vector256<float>.Count);
        for (int i = 0; i < vectorised; i += Vector256<float>.Count)
        {
            Vector256<float> value = Vector256.LoadUnsafe(ref first, (nuint)i);
            min = Vector256.MinNative(min, value);
            max = Vector256.MaxNative(max, value);
            Vector256<uint> doubled = value.AsUInt32() << 1;
            zeros -= Vector256.Equals(doubled, Vector256<uint>.Zero);
            smallest = Vector256.Min(smallest, doubled - Vector256<uint>.One);
            largest = Vector256.Max(largest, doubled);
        }
        float scalarMin = min[0];
        float scalarMax = max[0];
        uint scalarSmallest = smallest[0];
        uint scalarLargest = largest[0];
        for (int lane = 1; lane < Vector256<float>.Count; lane++)
        {
            scalarMin = MathF.Min(scalarMin, min[lane]);
            scalarMax = MathF.Max(scalarMax, max[lane]);
            scalarSmallest = Math.Min(scalarSmallest, smallest[lane]);
            scalarLargest = Math.Max(scalarLargest, largest[lane]);
        }
        return Scan(values[vectorised..], scalarMin, scalarMax, Vector256.Sum(zeros), scalarSmallest, scalarLargest);
    }

    private static ValueScan Scan(ReadOnlySpan<float> values, float min, float max, long zeros, uint smallest, uint largest)
    {
        foreach (float value in values)
        {
            min = value < min ? value : min;
            max = value > max ? value : max;
            uint doubled = BitConverter.SingleToUInt32Bits(value) << 1;
            zeros += doubled == 0 ? 1 : 0;
            smallest = Math.Min(smallest, unchecked(doubled - 1));
            largest = Math.Max(largest, doubled);
        }
        return ValueScan.FromBits(min, max, zeros, smallest, largest);
    }
}
