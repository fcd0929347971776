using System.Text;

namespace Quantizer.Samples;

/// <summary>
/// Chooses samples evenly over the classes. Each sample's place follows from a hash of seed and name alone: not from the
/// order a file system lists files in, the machine or the number of threads; one file more or less moves few others; and a
/// smaller selection is the beginning of a larger one.
/// </summary>
internal sealed class SampleSelection
{
    // FNV-1a's offset basis and prime, then the finalizer of SplitMix64, which spreads similar names.
    private const ulong HashStart = 0xcbf29ce484222325;
    private const ulong HashPrime = 0x100000001b3;
    private const ulong FirstMix = 0xbf58476d1ce4e5b9;
    private const ulong SecondMix = 0x94d049bb133111eb;

    private SampleSelection(IReadOnlyList<int> chosen, IReadOnlyList<IReadOnlyList<int>> spares)
    {
        Chosen = chosen;
        Spares = spares;
    }

    /// <summary>Indices of the chosen samples: one of every class, then the next of every class, and so on.</summary>
    public IReadOnlyList<int> Chosen { get; }

    /// <summary>
    /// For each chosen sample those of its class that stand in for it, in order, should it be broken. No sample stands in for
    /// two, so what replaces a broken one does not depend on the order in which samples are read.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> Spares { get; }

    /// <param name="names">Distinct.</param>
    /// <param name="labels">The class of each; null counts as one more class.</param>
    /// <param name="count">Samples wanted, at least 1; all are chosen when there are no more.</param>
    public static SampleSelection Choose(IReadOnlyList<string> names, IReadOnlyList<int?> labels, int count, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(labels.Count, names.Count);
        int[][] classes =
        [
            .. Enumerable
                .Range(0, names.Count)
                .GroupBy(index => labels[index])
                // Hashed as well, so that a remainder does not always go to the first classes.
                .OrderBy(group => Hash(seed, $"class {group.Key}"))
                .ThenBy(group => group.Key)
                .Select(group => Ranked(group, names, seed)),
        ];
        int[] taken = Quotas(classes, Math.Min(count, names.Count));
        List<int> chosen = [];
        List<IReadOnlyList<int>> spares = [];
        for (int rank = 0; rank < (taken.Length == 0 ? 0 : taken.Max()); rank++)
        {
            for (int c = 0; c < classes.Length; c++)
            {
                if (rank >= taken[c])
                    continue;
                chosen.Add(classes[c][rank]);
                spares.Add(EveryNth(classes[c], rank + taken[c], taken[c]));
            }
        }
        return new SampleSelection(chosen, spares);
    }

    private static int[] Ranked(IEnumerable<int> indices, IReadOnlyList<string> names, int seed) =>
        [.. indices.OrderBy(index => Hash(seed, names[index])).ThenBy(index => names[index], StringComparer.Ordinal)];

    /// <summary>How many each class gives when one of every class is taken in turn until there are <paramref name="count"/>.</summary>
    private static int[] Quotas(int[][] classes, int count)
    {
        int[] taken = new int[classes.Length];
        while (count > 0)
        {
            for (int c = 0; c < classes.Length && count > 0; c++)
            {
                if (taken[c] == classes[c].Length)
                    continue;
                taken[c]++;
                count--;
            }
        }
        return taken;
    }

    private static int[] EveryNth(int[] ranked, int first, int step)
    {
        if (first >= ranked.Length)
            return [];
        int[] result = new int[(ranked.Length - first + step - 1) / step];
        for (int i = 0; i < result.Length; i++)
            result[i] = ranked[first + i * step];
        return result;
    }

    private static ulong Hash(int seed, string name)
    {
        ulong hash = HashStart ^ unchecked((ulong)seed * FirstMix);
        foreach (byte value in Encoding.UTF8.GetBytes(name))
            hash = unchecked((hash ^ value) * HashPrime);
        hash = unchecked((hash ^ (hash >> 30)) * FirstMix);
        hash = unchecked((hash ^ (hash >> 27)) * SecondMix);
        return hash ^ (hash >> 31);
    }
}
