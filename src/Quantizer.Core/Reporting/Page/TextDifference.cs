namespace Quantizer.Reporting.Page;

/// <summary>Two texts with the letters marked that only one of them has.</summary>
internal static class TextDifference
{
    /// <summary>Longer texts would take a table of millions of cells; they are marked from the first to the last difference.</summary>
    private const int MostLetters = 500;

    /// <summary>Which letters of each text are not part of their longest common subsequence.</summary>
    public static (bool[] First, bool[] Second) Of(string first, string second)
    {
        bool[] onlyFirst = new bool[first.Length],
            onlySecond = new bool[second.Length];
        int start = first.AsSpan().CommonPrefixLength(second);
        int end = 0;
        while (end < Math.Min(first.Length, second.Length) - start && first[^(end + 1)] == second[^(end + 1)])
            end++;
        string middle = first[start..^end],
            other = second[start..^end];
        Array.Fill(onlyFirst, true, start, middle.Length);
        Array.Fill(onlySecond, true, start, other.Length);
        if (Math.Max(middle.Length, other.Length) <= MostLetters)
        {
            foreach ((int i, int j) in Common(middle, other))
                (onlyFirst[start + i], onlySecond[start + j]) = (false, false);
        }
        return (onlyFirst, onlySecond);
    }

    /// <summary>Writes a text with its marked letters in mark elements.</summary>
    public static void Write(PageText page, string text, bool[] isMarked)
    {
        int from = 0;
        while (from < text.Length)
        {
            int to = from + 1;
            while (to < text.Length && isMarked[to] == isMarked[from])
                to++;
            if (isMarked[from])
                page.Add($"<mark>{text[from..to]}</mark>");
            else
                page.Add($"{text[from..to]}");
            from = to;
        }
    }

    private static IEnumerable<(int First, int Second)> Common(string first, string second)
    {
        // Length of the longest common subsequence of what follows each pair of places.
        int[,] lengths = new int[first.Length + 1, second.Length + 1];
        for (int i = first.Length - 1; i >= 0; i--)
        {
            for (int j = second.Length - 1; j >= 0; j--)
                lengths[i, j] = first[i] == second[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        }
        int at = 0,
            other = 0;
        while (at < first.Length && other < second.Length)
        {
            if (first[at] == second[other])
                yield return (at++, other++);
            else if (lengths[at + 1, other] >= lengths[at, other + 1])
                at++;
            else
                other++;
        }
    }
}
