namespace Quantizer.Comparison.Tasks.Judges;

/// <summary>Levenshtein's: the fewest insertions, deletions and replacements that turn one list into the other.</summary>
internal static class EditDistance
{
    public static int Between<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : IEquatable<T>
    {
        int[] costs = new int[b.Length + 1];
        for (int j = 0; j < costs.Length; j++)
            costs[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = costs[0];
            costs[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1].Equals(b[j - 1]) ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.Min(replaced, Math.Min(costs[j], costs[j - 1]) + 1);
            }
        }
        return costs[^1];
    }

    /// <summary>The edits of one of the shortest ways, in the order of the lists; replacements come before others.</summary>
    /// <param name="nothing">Stands for what an insertion replaces and a deletion leaves.</param>
    public static IReadOnlyList<(int From, int To)> Edits(ReadOnlySpan<int> a, ReadOnlySpan<int> b, int nothing)
    {
        // Most lines are the same but for a letter.
        int same = a.CommonPrefixLength(b);
        a = a[same..];
        b = b[same..];
        while (a.Length > 0 && b.Length > 0 && a[^1] == b[^1])
        {
            a = a[..^1];
            b = b[..^1];
        }
        int[,] costs = RemainingCosts(a, b);
        List<(int, int)> edits = [];
        int i = 0,
            j = 0;
        while (i < a.Length || j < b.Length)
        {
            bool areBothLeft = i < a.Length && j < b.Length;
            if (areBothLeft && a[i] == b[j])
                (i, j) = (i + 1, j + 1);
            else if (areBothLeft && costs[i, j] == costs[i + 1, j + 1] + 1)
                edits.Add((a[i++], b[j++]));
            else if (i < a.Length && costs[i, j] == costs[i + 1, j] + 1)
                edits.Add((a[i++], nothing));
            else
                edits.Add((nothing, b[j++]));
        }
        return edits;
    }

    /// <summary>The distance of what follows each pair of places.</summary>
    private static int[,] RemainingCosts(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        int[,] costs = new int[a.Length + 1, b.Length + 1];
        for (int i = a.Length; i >= 0; i--)
        {
            for (int j = b.Length; j >= 0; j--)
            {
                costs[i, j] =
                    i == a.Length ? b.Length - j
                    : j == b.Length ? a.Length - i
                    : a[i] == b[j] ? costs[i + 1, j + 1]
                    : 1 + Math.Min(costs[i + 1, j + 1], Math.Min(costs[i + 1, j], costs[i, j + 1]));
            }
        }
        return costs;
    }
}
