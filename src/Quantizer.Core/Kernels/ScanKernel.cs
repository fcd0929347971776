using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Quantizer.Kernels;

/// <summary>
/// Extremes, zeros and non-finite values in one pass. Every path gives the same result. Each loop ends in the next
/// narrower one: 512 bits, 256 bits, scalar.
/// </summary>
internal static class ScanKernel
{
    /// <summary>The path that this processor takes.</summary>
    public static KernelPath Path =>
        Vector512.IsHardwareAccelerated ? KernelPath.Vector512
        : Vector256.IsHardwareAccelerated ? KernelPath.Vector256
        : KernelPath.Scalar;

    public static ValueScan Scan(ReadOnlySpan<float> values) =>
        Path switch
        {
            KernelPath.Vector512 => ScanVector512(values),
            KernelPath.Vector256 => ScanVector256(values),
            _ => ScanScalar(values),
        };

    /// <summary>How many values equal <paramref name="value"/>, which is neither zero nor NaN.</summary>
    public static long CountEqual(ReadOnlySpan<float> values, float value) =>
        // As integers, since equality of floats is vectorised less well; equal bits are equal values but for zero and NaN.
        MemoryMarshal.Cast<float, int>(values).Count(BitConverter.SingleToInt32Bits(value));

    /// <summary>The plain twin of the vector paths.</summary>
    internal static ValueScan ScanScalar(ReadOnlySpan<float> values) => Scan(values, 0, int.MinValue, 0, uint.MaxValue, 0);

    internal static ValueScan ScanVector256(ReadOnlySpan<float> values) =>
        Scan(values, 0, Vector256.Create(int.MinValue), Vector256<uint>.Zero, Vector256<uint>.AllBitsSet, Vector256<uint>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static ValueScan ScanVector512(ReadOnlySpan<float> values)
    {
        // As integers: floats of a sign are ordered as their bits are, and doubling drops the sign. It takes three
        // instructions less than floats do, and sees what is not finite on the way.
        Vector512<int> largest = Vector512.Create(int.MinValue);
        Vector512<uint> mostNegative = Vector512<uint>.Zero;
        Vector512<uint> smallest = Vector512<uint>.AllBitsSet;
        Vector512<uint> zeros = Vector512<uint>.Zero;
        Vector512<uint> one = Vector512<uint>.One;
        ref uint first = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(values));
        int vectorised = values.Length - (values.Length % Vector512<uint>.Count);
        for (int i = 0; i < vectorised; i += Vector512<uint>.Count)
        {
            Vector512<uint> bits = Vector512.LoadUnsafe(ref first, (nuint)i);
            largest = Vector512.Max(largest, bits.AsInt32());
            mostNegative = Vector512.Max(mostNegative, bits);
            Vector512<uint> doubled = bits + bits;
            zeros = Vector512.ConditionalSelect(Vector512.Equals(doubled, Vector512<uint>.Zero), zeros + one, zeros);
            smallest = Vector512.Min(smallest, doubled - one);
        }
        return Scan(
            values,
            vectorised,
            Vector256.Max(largest.GetLower(), largest.GetUpper()),
            Vector256.Max(mostNegative.GetLower(), mostNegative.GetUpper()),
            Vector256.Min(smallest.GetLower(), smallest.GetUpper()),
            zeros.GetLower() + zeros.GetUpper()
        );
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ValueScan Scan(
        ReadOnlySpan<float> values,
        int start,
        Vector256<int> largest,
        Vector256<uint> mostNegative,
        Vector256<uint> smallest,
        Vector256<uint> zeros
    )
    {
        ref uint first = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(values));
        int end = values.Length - ((values.Length - start) % Vector256<uint>.Count);
        for (int i = start; i < end; i += Vector256<uint>.Count)
        {
            Vector256<uint> bits = Vector256.LoadUnsafe(ref first, (nuint)i);
            largest = Vector256.Max(largest, bits.AsInt32());
            mostNegative = Vector256.Max(mostNegative, bits);
            Vector256<uint> doubled = bits + bits;
            zeros -= Vector256.Equals(doubled, Vector256<uint>.Zero);
            smallest = Vector256.Min(smallest, doubled - Vector256<uint>.One);
        }
        int scalarLargest = largest[0];
        uint scalarMostNegative = mostNegative[0];
        uint scalarSmallest = smallest[0];
        for (int lane = 1; lane < Vector256<uint>.Count; lane++)
        {
            scalarLargest = Math.Max(scalarLargest, largest[lane]);
            scalarMostNegative = Math.Max(scalarMostNegative, mostNegative[lane]);
            scalarSmallest = Math.Min(scalarSmallest, smallest[lane]);
        }
        return Scan(values, end, scalarLargest, scalarMostNegative, scalarSmallest, Vector256.Sum(zeros));
    }

    private static ValueScan Scan(ReadOnlySpan<float> values, int start, int largest, uint mostNegative, uint smallest, long zeros)
    {
        foreach (float value in values[start..])
        {
            uint bits = BitConverter.SingleToUInt32Bits(value);
            largest = Math.Max(largest, (int)bits);
            mostNegative = Math.Max(mostNegative, bits);
            uint doubled = bits << 1;
            zeros += doubled == 0 ? 1 : 0;
            smallest = Math.Min(smallest, unchecked(doubled - 1));
        }
        return values.IsEmpty ? ValueScan.Empty : ValueScan.FromBits(largest, mostNegative, smallest, zeros);
    }
}
