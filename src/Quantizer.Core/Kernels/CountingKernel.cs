using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Quantizer.Kernels;

/// <summary>Counts every non-zero value of a span of finite ones into counters. Every path counts alike.</summary>
internal static class CountingKernel
{
    /// <summary>Longest span: 16 KB, so that a scan before, the bins' buffer and the counters share a first-level cache.</summary>
    public const int ChunkLength = 4096;

    /// <summary>Counters of each bin; also the number of values counted in one step.</summary>
    public const int Lanes = 4;

    /// <summary>The counters that every path needs: for bin b and lane l at b * <see cref="Lanes"/> + l.</summary>
    public const int CounterCount = (FloatBins.Count + SpareBins) * Lanes;

    /// <summary>
    /// Bins behind the real ones that take, without a branch, what must not be counted: zeros, where they cannot be
    /// skipped. Several, because zeros come in runs.
    /// </summary>
    private const int SpareBins = 8;

    public static void Count(ReadOnlySpan<float> values, Span<uint> counters)
    {
        Debug.Assert(values.Length <= ChunkLength);
        if (Avx512F.IsSupported)
        {
            CountCompressed(values, counters);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            CountVector256(values, counters);
        }
        else
        {
            CountScalar(values, counters);
        }
    }

    /// <summary>The plain twin of the vector paths.</summary>
    internal static void CountScalar(ReadOnlySpan<float> values, Span<uint> counters)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != 0f)
            {
                counters[(FloatBins.Of(values[i]) * Lanes) + (i % Lanes)]++;
            }
        }
    }

    /// <summary>Zeros, about half of a ReLU's output, are squeezed out before counting.</summary>
    [SkipLocalsInit]
    internal static void CountCompressed(ReadOnlySpan<float> values, Span<uint> counters)
    {
        BinBuffer buffer = default;
        ref ushort bins = ref Unsafe.As<BinBuffer, ushort>(ref buffer);
        ref float first = ref MemoryMarshal.GetReference(values);
        int length = 0;
        int vectorised = values.Length - (values.Length % Vector512<float>.Count);
        for (int i = 0; i < vectorised; i += Vector512<float>.Count)
        {
            Vector512<uint> bits = Vector512.LoadUnsafe(ref first, (nuint)i).AsUInt32();
            length += Compress(bits, ~Vector512.Equals(bits << 1, Vector512<uint>.Zero), ref Unsafe.Add(ref bins, length));
        }
        CountBins(ref bins, length, counters);
        CountScalar(values[vectorised..], counters);
    }

    [SkipLocalsInit]
    internal static void CountVector256(ReadOnlySpan<float> values, Span<uint> counters)
    {
        BinBuffer buffer = default;
        ref ushort bins = ref Unsafe.As<BinBuffer, ushort>(ref buffer);
        ref uint first = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(values));
        int vectorised = values.Length - (values.Length % (2 * Vector256<uint>.Count));
        for (int i = 0; i < vectorised; i += 2 * Vector256<uint>.Count)
        {
            Vector256<uint> lower = Vector256.LoadUnsafe(ref first, (nuint)i);
            Vector256<uint> upper = Vector256.LoadUnsafe(ref first, (nuint)(i + Vector256<uint>.Count));
            Vector256.Narrow(BinsOrSpare(lower, NonZero(lower)), BinsOrSpare(upper, NonZero(upper))).StoreUnsafe(ref bins, (nuint)i);
        }
        CountBins(ref bins, vectorised, counters);
        CountScalar(values[vectorised..], counters);
    }

    /// <summary>Writes the bins of some values of a vector one after the other.</summary>
    /// <param name="bits">16 floats.</param>
    /// <param name="mask">All bits set for those to be written.</param>
    /// <param name="target">Room for 16 bins, however few there are.</param>
    /// <returns>How many were written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Compress(Vector512<uint> bits, Vector512<uint> mask, ref ushort target)
    {
        Vector512<uint> bins = Avx512F.Compress(Vector512<uint>.Zero, mask, bits >>> FloatBins.Shift);
        Avx512F.ConvertToVector256UInt16(bins).StoreUnsafe(ref target);
        return BitOperations.PopCount(mask.ExtractMostSignificantBits());
    }

    /// <summary>The innermost loop: one increment for each bin, the lanes in turn.</summary>
    internal static void CountBins(ref ushort bins, int length, Span<uint> counters)
    {
        // Without bounds checks: bins come from 15 bits of a float or are spare bins, and the counters hold all of them.
        ref uint counter = ref MemoryMarshal.GetReference(counters);
        int i = 0;
        for (; i <= length - Lanes; i += Lanes)
        {
            ulong four = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref bins, i)));
            Unsafe.Add(ref counter, (nint)(four & 0xFFFF) * Lanes)++;
            Unsafe.Add(ref counter, ((nint)((four >> 16) & 0xFFFF) * Lanes) + 1)++;
            Unsafe.Add(ref counter, ((nint)((four >> 32) & 0xFFFF) * Lanes) + 2)++;
            Unsafe.Add(ref counter, ((nint)(four >> 48) * Lanes) + 3)++;
        }
        for (; i < length; i++)
        {
            Unsafe.Add(ref counter, (nint)Unsafe.Add(ref bins, i) * Lanes)++;
        }
    }

    /// <summary>Bins of 8 floats; those not to be counted get the spare bin of their place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<uint> BinsOrSpare(Vector256<uint> bits, Vector256<uint> counted)
    {
        Vector256<uint> spare = Vector256<uint>.Indices + Vector256.Create((uint)FloatBins.Count);
        return Vector256.ConditionalSelect(counted, bits >>> FloatBins.Shift, spare);
    }

    /// <summary>All bits set where the float is not zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> NonZero(Vector256<uint> bits) => ~Vector256.Equals(bits << 1, Vector256<uint>.Zero);

    /// <summary>One vector longer than a chunk, since a vector is always written whole.</summary>
    [InlineArray(ChunkLength + 16)]
    internal struct BinBuffer
    {
        private ushort _first;
    }
}
