namespace Quantizer.Comparison;

/// <summary>Reads class scores.</summary>
internal static class ClassScores
{
    /// <summary>Top-5 is customary; with fewer classes than this it says nothing.</summary>
    public const int Top = 5;

    /// <summary>
    /// The number of classes when an output of one sample is one list of scores: apart from axes of size one a single axis, of
    /// at least two; otherwise 0.
    /// </summary>
    public static int CountOf(IReadOnlyList<long> shape)
    {
        long[] sizes = [.. shape.Where(size => size != 1)];
        return sizes is [long classes and >= 2] ? (int)classes : 0;
    }

    /// <summary>The index of the largest score; the first of equal ones.</summary>
    public static int TopOf(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
                best = i;
        }

        return best;
    }

    /// <summary>True when fewer than five scores are larger than the label's (of equal ones the first counts as larger).</summary>
    public static bool IsInTop(ReadOnlySpan<float> scores, int label)
    {
        int above = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (scores[i] > scores[label] || (scores[i] == scores[label] && i < label))
                above++;
        }

        return above < Top;
    }
}
