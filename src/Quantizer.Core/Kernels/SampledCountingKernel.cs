using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Quantizer.Kernels;

/// <summary>
/// Counts all values of the tail and one vector of each group of the body. Every path counts alike, whatever the
/// processor's vector length.
/// </summary>
internal static unsafe class SampledCountingKernel
{
    /// <summary>Nine, as one in eight would look at the same channels again and again: sizes are multiples of powers of two.</summary>
    public const int VectorsPerGroup = 9;

    public const int GroupLength = VectorsPerGroup * VectorLength;

    private const int VectorLength = 32;

    /// <param name="values">Finite values.</param>
    /// <param name="smallestMagnitude">Their smallest magnitude that is not zero; 0 when there is none.</param>
    /// <param name="tailStart">The tail's first bin, as a magnitude without the sign.</param>
    /// <param name="counters">Where to count.</param>
    public static void Count(ReadOnlySpan<float> values, float smallestMagnitude, int tailStart, Span<uint> counters)
    {
        switch (CountingKernel.PathFor(smallestMagnitude))
        {
            case KernelPath.Vector512:
                CountCompressed(values, tailStart, counters);
                break;
            case KernelPath.Vector256:
                CountVector256(values, tailStart, counters);
                break;
            default:
                CountScalar(values, 0, tailStart, counters);
                break;
        }
    }

    /// <summary>
    /// Which vector of a group stands for its body. It changes from group to group in a fixed, scattered way, because a
    /// fixed place could fall on the same columns of every row of a picture.
    /// </summary>
    internal static int SampledVector(int group)
    {
        // Multiplicative hashing by the golden ratio; the high bits are then scaled to 0..8.
        uint hash = unchecked((uint)group * 0x9E3779B1u);
        return (int)(((ulong)hash * VectorsPerGroup) >> 32);
    }

    /// <summary>The plain twin of the vector paths.</summary>
    /// <param name="values">The values from a group's beginning on.</param>
    /// <param name="group">That group's number.</param>
    /// <param name="tailStart">The tail's first bin, as a magnitude without the sign.</param>
    /// <param name="counters">Where to count.</param>
    internal static void CountScalar(ReadOnlySpan<float> values, int group, int tailStart, Span<uint> counters)
    {
        for (int i = 0; i < values.Length; i++)
        {
            bool sampled = i % GroupLength / VectorLength == SampledVector(group + (i / GroupLength));
            int bin = FloatBins.Of(values[i]);
            if (values[i] != 0f && (sampled || FloatBins.WithoutSign(bin) >= tailStart))
                counters[(i % CountingKernel.Lanes * CountingKernel.LaneStride) + bin]++;
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void CountCompressed(ReadOnlySpan<float> values, int tailStart, Span<uint> counters)
    {
        ushort firstOfTail = (ushort)Math.Max(DoubledTailStart(tailStart) >> 16, 1);
        Vector512<ushort> tail = Vector512.Create(firstOfTail);
        Vector512<ushort> tailWidth = Vector512.Create((ushort)(ushort.MaxValue - firstOfTail));
        Vector512<ushort> bodyWidth = Vector512.Create((ushort)(firstOfTail - 2));
        bool hasBody = firstOfTail > 1;
        CountingKernel.BinBuffer buffer;
        ushort* bins = (ushort*)&buffer;
        int groups = values.Length / GroupLength;
        int length = 0;
        fixed (float* first = values)
        {
            for (int group = 0; group < groups; group++)
            {
                float* start = first + (group * GroupLength);
                // The tail of every vector. No branch on whether there is any: a tail of 3 % falls into half of the vectors,
                // and wrong guesses cost twice what compressing does.
                for (int i = 0; i < GroupLength; i += VectorLength)
                    length += CountingKernel.Compress(start + i, tail, tailWidth, bins + length);
                // Then the body of one, apart for the same reason: nothing could guess which.
                if (hasBody)
                {
                    length += CountingKernel.Compress(
                        start + (SampledVector(group) * VectorLength),
                        Vector512<ushort>.One,
                        bodyWidth,
                        bins + length
                    );
                }
                // A group adds at most nine vectors.
                if (length > CountingKernel.ChunkLength - GroupLength)
                {
                    CountingKernel.CountBins(bins, length, counters);
                    length = 0;
                }
            }
        }
        CountingKernel.CountBins(bins, length, counters);
        CountScalar(values[(groups * GroupLength)..], groups, tailStart, counters);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void CountVector256(ReadOnlySpan<float> values, int tailStart, Span<uint> counters)
    {
        Vector256<uint> tail = Vector256.Create(DoubledTailStart(tailStart));
        CountingKernel.BinBuffer buffer;
        ushort* bins = (ushort*)&buffer;
        ref uint first = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(values));
        int groups = values.Length / GroupLength;
        int length = 0;
        for (int group = 0; group < groups; group++)
        {
            ref uint start = ref Unsafe.Add(ref first, group * GroupLength);
            int sampled = SampledVector(group) * VectorLength;
            for (int i = 0; i < GroupLength; i += 2 * Vector256<uint>.Count)
            {
                Vector256<uint> lower = Vector256.LoadUnsafe(ref start, (nuint)i);
                Vector256<uint> upper = Vector256.LoadUnsafe(ref start, (nuint)(i + Vector256<uint>.Count));
                // All but zeros of the sampled vector, only the tail of the others.
                Vector256<uint> from = i / VectorLength * VectorLength == sampled ? Vector256<uint>.One : tail;
                Vector256<uint> lowerCounted = Vector256.GreaterThanOrEqual(lower << 1, from);
                Vector256<uint> upperCounted = Vector256.GreaterThanOrEqual(upper << 1, from);
                if ((lowerCounted | upperCounted) != Vector256<uint>.Zero)
                {
                    Vector256
                        .Narrow(CountingKernel.BinsOrSpare(lower, lowerCounted), CountingKernel.BinsOrSpare(upper, upperCounted))
                        .Store(bins + length);
                    length += 2 * Vector256<uint>.Count;
                }
            }
            if (length > CountingKernel.ChunkLength - GroupLength)
            {
                CountingKernel.CountBins(bins, length, counters);
                length = 0;
            }
        }
        CountingKernel.CountBins(bins, length, counters);
        CountScalar(values[(groups * GroupLength)..], groups, tailStart, counters);
    }

    /// <summary>The smallest bits of the tail, shifted left to drop the sign. A tail from bin 0 begins above zero.</summary>
    private static uint DoubledTailStart(int tailStart) => Math.Max((uint)tailStart << (FloatBins.Shift + 1), 1);
}
