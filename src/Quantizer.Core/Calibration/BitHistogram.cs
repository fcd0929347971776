using System.Runtime.CompilerServices;

namespace Quantizer.Calibration;

/// <summary>
/// Counts of finite, non-zero values, keyed on the float's own bits: sign, exponent and the first 6 bits of the mantissa.
/// It needs no range in advance and depends only on which values were added, never on their order or batching.
/// A bin is 0.8 to 1.6 % of its value wide (denormals: all bins equally wide).
/// </summary>
/// <remarks>
/// 6 bits: thresholds chosen from 5 bits had up to 0.37 % more squared error than brute force, from 6 bits 0.03 %, and
/// 7 bits gained nothing. Bins of one sign and exponent are stored together and only once a value fell among them, so a
/// tensor costs 4 KB and half a KB for each power of two that it reaches.
/// </remarks>
public sealed class BitHistogram : IEquatable<BitHistogram>
{
    public const int MantissaBits = 6;

    /// <summary>One more than the largest bin: 1 + 8 + 6 bits.</summary>
    public const int BinCount = 1 << (1 + ExponentBits + MantissaBits);

    /// <summary>Bins from here on hold negative values, larger magnitudes at larger indices.</summary>
    public const int FirstNegativeBin = BinCount / 2;

    /// <summary>Right shift from a float's bits to its bin.</summary>
    internal const int BinShift = 32 - 1 - ExponentBits - MantissaBits;

    internal const int BlockSize = 1 << MantissaBits;

    private const int ExponentBits = 8;

    private readonly long[]?[] _blocks = new long[BinCount / BlockSize][];

    /// <summary>Count of one bin.</summary>
    public long this[int bin] => _blocks[bin >> MantissaBits]?[bin & (BlockSize - 1)] ?? 0;

    /// <summary>Sum of all counts.</summary>
    public long Total
    {
        get
        {
            long total = 0;
            foreach (long[]? block in _blocks)
            {
                foreach (long count in block ?? [])
                {
                    total += count;
                }
            }
            return total;
        }
    }

    /// <summary>The bin of a finite, non-zero value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BinOf(float value) => (int)(BitConverter.SingleToUInt32Bits(value) >> BinShift);

    /// <summary>The smallest magnitude in a bin.</summary>
    public static double InnerMagnitude(int bin) => Magnitude(bin & (FirstNegativeBin - 1));

    /// <summary>The magnitude at which the next bin of the same sign begins; 2^128 for the last finite one.</summary>
    public static double OuterMagnitude(int bin) => Magnitude((bin & (FirstNegativeBin - 1)) + 1);

    public void Add(int bin, long count)
    {
        if (count != 0)
        {
            long[] block = _blocks[bin >> MantissaBits] ??= new long[BlockSize];
            block[bin & (BlockSize - 1)] += count;
        }
    }

    public void Merge(BitHistogram other)
    {
        for (int index = 0; index < _blocks.Length; index++)
        {
            if (other._blocks[index] is { } source)
            {
                long[] target = _blocks[index] ??= new long[BlockSize];
                for (int i = 0; i < BlockSize; i++)
                {
                    target[i] += source[i];
                }
            }
        }
    }

    /// <summary>The bins that hold values, in ascending order of index (not of value).</summary>
    public IEnumerable<KeyValuePair<int, long>> NonEmptyBins()
    {
        for (int index = 0; index < _blocks.Length; index++)
        {
            long[]? block = _blocks[index];
            for (int i = 0; block is not null && i < BlockSize; i++)
            {
                if (block[i] != 0)
                {
                    yield return new KeyValuePair<int, long>((index * BlockSize) + i, block[i]);
                }
            }
        }
    }

    public bool Equals(BitHistogram? other) => other is not null && NonEmptyBins().SequenceEqual(other.NonEmptyBins());

    public override bool Equals(object? obj) => Equals(obj as BitHistogram);

    public override int GetHashCode() => Total.GetHashCode();

    private static double Magnitude(int bin) =>
        // The bits after the largest finite bin are infinity's; its outer edge is the next power of two.
        bin << BinShift == 0x7F800000 ? Math.ScaleB(1.0, 128) : BitConverter.UInt32BitsToSingle((uint)bin << BinShift);
}
