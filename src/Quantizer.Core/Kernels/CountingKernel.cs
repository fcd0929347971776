using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Quantizer.Kernels;

/// <summary>
/// Counts every non-zero value of a span of finite ones into counters, in two steps: the bins of a chunk's values are
/// written to a buffer by vector instructions, then counted one by one. Every path counts alike. Compiled for good at
/// once: a short run would otherwise spend most of its time in code that is not optimized yet.
/// </summary>
internal static unsafe class CountingKernel
{
    /// <summary>Longest span: 16 KB, so that a scan before, the bins' buffer and the counters share a first-level cache.</summary>
    public const int ChunkLength = 4096;

    /// <summary>
    /// Counters of each bin, used in turn. Consecutive values often share a bin: this way an increment seldom waits for
    /// the one before.
    /// </summary>
    public const int Lanes = 4;

    /// <summary>
    /// Distance between the counters of a bin. Not a multiple of a page, since all lanes would then compete for the same
    /// lines of the cache.
    /// </summary>
    public const int LaneStride = FloatBins.Count + 512;

    /// <summary>The counters that every path needs: for bin b and lane l at l * <see cref="LaneStride"/> + b.</summary>
    public const int CounterCount = Lanes * LaneStride;

    /// <summary>
    /// Bins behind the real ones that take, without a branch, what must not be counted: zeros, where they cannot be
    /// skipped. Several, because zeros come in runs.
    /// </summary>
    public const int SpareBins = 8;

    /// <summary>The upper halves of 32 floats as indices into a pair of vectors.</summary>
    private static Vector512<ushort> UpperHalves => (Vector512<ushort>.Indices << 1) | Vector512<ushort>.One;

    /// <param name="values">At most <see cref="ChunkLength"/> finite values.</param>
    /// <param name="smallestMagnitude">Their smallest magnitude that is not zero; 0 when there is none.</param>
    /// <param name="counters">Where to count.</param>
    public static void Count(ReadOnlySpan<float> values, float smallestMagnitude, Span<uint> counters)
    {
        Debug.Assert(values.Length <= ChunkLength);
        switch (PathFor(smallestMagnitude))
        {
            case KernelPath.Vector512:
                CountCompressed(values, counters);
                break;
            case KernelPath.Vector256:
                CountVector256(values, counters);
                break;
            default:
                CountScalar(values, counters);
                break;
        }
    }

    /// <summary>The path that this processor takes for values of at least a magnitude.</summary>
    public static KernelPath PathFor(float smallestMagnitude) =>
        CanCompress(smallestMagnitude) ? KernelPath.Vector512
        : Vector256.IsHardwareAccelerated ? KernelPath.Vector256
        : KernelPath.Scalar;

    /// <summary>
    /// Whether <see cref="Compress"/> may be used: the processor must have its instructions, and no value may look like zero
    /// in its upper half alone, as the tiniest denormals do.
    /// </summary>
    public static bool CanCompress(float smallestMagnitude) =>
        Avx512Vbmi2.IsSupported && Avx512BW.IsSupported && BitConverter.SingleToUInt32Bits(smallestMagnitude) - 1 >= ushort.MaxValue;

    /// <summary>The plain twin of the vector paths.</summary>
    internal static void CountScalar(ReadOnlySpan<float> values, Span<uint> counters)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != 0f)
                counters[(i % Lanes * LaneStride) + FloatBins.Of(values[i])]++;
        }
    }

    /// <summary>Zeros, about half of a ReLU's output, are squeezed out before counting. Only where <see cref="CanCompress"/>.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void CountCompressed(ReadOnlySpan<float> values, Span<uint> counters)
    {
        BinBuffer buffer;
        ushort* bins = (ushort*)&buffer;
        int length = 0;
        int vectorised = values.Length - (values.Length % Vector512<ushort>.Count);
        Vector512<ushort> allButZero = Vector512.Create((ushort)(ushort.MaxValue - 1));
        fixed (float* first = values)
        {
            for (int i = 0; i < vectorised; i += Vector512<ushort>.Count)
                length += Compress(first + i, Vector512<ushort>.One, allButZero, bins + length);
        }
        CountBins(bins, length, counters);
        CountScalar(values[vectorised..], counters);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void CountVector256(ReadOnlySpan<float> values, Span<uint> counters)
    {
        BinBuffer buffer;
        ushort* bins = (ushort*)&buffer;
        ref uint first = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(values));
        int vectorised = values.Length - (values.Length % (2 * Vector256<uint>.Count));
        for (int i = 0; i < vectorised; i += 2 * Vector256<uint>.Count)
        {
            Vector256<uint> lower = Vector256.LoadUnsafe(ref first, (nuint)i);
            Vector256<uint> upper = Vector256.LoadUnsafe(ref first, (nuint)(i + Vector256<uint>.Count));
            Vector256.Narrow(BinsOrSpare(lower, NonZero(lower)), BinsOrSpare(upper, NonZero(upper))).Store(bins + i);
        }
        CountBins(bins, vectorised, counters);
        CountScalar(values[vectorised..], counters);
    }

    /// <summary>
    /// Writes the bins of some of 32 floats one after the other: of those whose magnitude's upper half is in a range. The
    /// halves hold all of the bin.
    /// </summary>
    /// <param name="values">32 floats.</param>
    /// <param name="from">The smallest upper half, shifted left to drop the sign; at least 1, to leave zeros out.</param>
    /// <param name="width">Distance from there to the largest one, shifted too.</param>
    /// <param name="target">Room for 32 bins, however few there are.</param>
    /// <returns>How many were written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Compress(float* values, Vector512<ushort> from, Vector512<ushort> width, ushort* target)
    {
        Vector512<ushort> upper = Avx512BW.PermuteVar32x16x2(
            Vector512.Load((ushort*)values),
            UpperHalves,
            Vector512.Load((ushort*)(values + (Vector512<ushort>.Count / 2)))
        );
        Vector512<ushort> mask = Vector512.LessThanOrEqual((upper << 1) - from, width);
        Avx512Vbmi2.Compress(Vector512<ushort>.Zero, mask, upper >>> (FloatBins.Shift - 16)).Store(target);
        return BitOperations.PopCount(mask.ExtractMostSignificantBits());
    }

    /// <summary>The innermost loop: one increment for each bin, the lanes in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void CountBins(ushort* bins, int length, Span<uint> counters)
    {
        // Without bounds checks: bins come from 15 bits of a float or are spare bins, and the counters hold all of them.
        // A pointer for each lane: computed from one, the addresses took a third longer.
        fixed (uint* lane0 = counters)
        {
            uint* lane1 = lane0 + LaneStride;
            uint* lane2 = lane1 + LaneStride;
            uint* lane3 = lane2 + LaneStride;
            ushort* end = bins + length;
            for (; bins <= end - Lanes; bins += Lanes)
            {
                lane0[(nuint)bins[0]]++;
                lane1[(nuint)bins[1]]++;
                lane2[(nuint)bins[2]]++;
                lane3[(nuint)bins[3]]++;
            }
            for (; bins < end; bins++)
                lane0[(nuint)(*bins)]++;
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
    [InlineArray(ChunkLength + 32)]
    internal struct BinBuffer
    {
        private ushort _first;
    }
}
