using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Quantizer.Kernels;

namespace Quantizer.Calibration.Statistics;

/// <summary>
/// Counts of finite, non-zero values, keyed on the float's own bits: sign, exponent and the first 6 bits of the mantissa.
/// It needs no range in advance and depends only on which values were added, never on their order or batching.
/// </summary>
/// <remarks>
/// Bins of one sign and exponent are stored together and only once a value fell among them, so a tensor costs 4 KB and
/// half a KB for each power of two that it reaches.
/// </remarks>
internal sealed class BitHistogram : IEquatable<BitHistogram>
{
    private readonly long[]?[] _blocks = new long[FloatBins.Count / FloatBins.PerExponent][];

    /// <summary>Count of one bin.</summary>
    public long this[int bin] => _blocks[bin >> FloatBins.MantissaBits]?[bin & (FloatBins.PerExponent - 1)] ?? 0;

    /// <summary>Sum of all counts.</summary>
    public long Total
    {
        get
        {
            long total = 0;
            foreach (long[]? block in _blocks)
            {
                foreach (long count in block ?? [])
                    total += count;
            }
            return total;
        }
    }

    /// <summary>Adds to the count of one bin.</summary>
    public void Add(int bin, long count)
    {
        if (count != 0)
        {
            long[] block = _blocks[bin >> FloatBins.MantissaBits] ??= new long[FloatBins.PerExponent];
            block[bin & (FloatBins.PerExponent - 1)] += count;
        }
    }

    /// <summary>Adds to the counts of all bins of one sign and exponent.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="counts">As many counts as there are bins.</param>
    internal void Add(int first, ReadOnlySpan<uint> counts)
    {
        ref long block = ref (_blocks[first >> FloatBins.MantissaBits] ??= new long[FloatBins.PerExponent])[0];
        ref uint added = ref MemoryMarshal.GetReference(counts[..FloatBins.PerExponent]);
        for (nuint i = 0; i < FloatBins.PerExponent; i += (nuint)Vector256<uint>.Count)
        {
            (Vector256<ulong> lower, Vector256<ulong> upper) = Vector256.Widen(Vector256.LoadUnsafe(ref added, i));
            nuint middle = i + (nuint)Vector256<long>.Count;
            (Vector256.LoadUnsafe(ref block, i) + lower.AsInt64()).StoreUnsafe(ref block, i);
            (Vector256.LoadUnsafe(ref block, middle) + upper.AsInt64()).StoreUnsafe(ref block, middle);
        }
    }

    /// <summary>Adds another histogram's counts.</summary>
    public void Merge(BitHistogram other)
    {
        for (int index = 0; index < _blocks.Length; index++)
        {
            if (other._blocks[index] is { } source)
            {
                long[] target = _blocks[index] ??= new long[FloatBins.PerExponent];
                for (int i = 0; i < FloatBins.PerExponent; i++)
                    target[i] += source[i];
            }
        }
    }

    /// <summary>The bins that hold values, in ascending order of index (not of value).</summary>
    public IEnumerable<KeyValuePair<int, long>> NonEmptyBins()
    {
        for (int index = 0; index < _blocks.Length; index++)
        {
            long[]? block = _blocks[index];
            for (int i = 0; block is not null && i < FloatBins.PerExponent; i++)
            {
                if (block[i] != 0)
                    yield return new KeyValuePair<int, long>((index * FloatBins.PerExponent) + i, block[i]);
            }
        }
    }

    public bool Equals(BitHistogram? other) => other is not null && NonEmptyBins().SequenceEqual(other.NonEmptyBins());

    public override bool Equals(object? obj) => Equals(obj as BitHistogram);

    public override int GetHashCode() => Total.GetHashCode();
}
