namespace Quantizer.Cli.Flags;

/// <summary>Finds the word that was probably meant.</summary>
internal static class NearestWord
{
    // One slip in a short word, two in a longer one.
    private const int LettersPerSlip = 3;
    private const int MostSlips = 2;

    /// <summary>The nearest of <paramref name="known"/>; null when none is near.</summary>
    public static string? Find(string word, IEnumerable<string> known)
    {
        int allowed = Math.Min(MostSlips, word.TrimStart('-').Length / LettersPerSlip);
        return known
            .Select(candidate => (candidate, distance: Distance(word, candidate)))
            .Where(pair => pair.distance <= allowed)
            .OrderBy(pair => pair.distance)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary>Insertions, deletions, replacements and exchanges of neighbours (optimal string alignment).</summary>
    public static int Distance(string from, string to)
    {
        int[,] cost = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                cost[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }
        return cost[from.Length, to.Length];
    }
}
