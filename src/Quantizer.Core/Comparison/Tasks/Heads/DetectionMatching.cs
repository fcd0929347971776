namespace Quantizer.Comparison.Tasks.Heads;

/// <summary>Lists of detections.</summary>
internal static class DetectionMatching
{
    /// <summary>At which two boxes count as one object.</summary>
    private const double SameObject = 0.5;

    /// <summary>Nobody looks at more objects of a picture; a network that finds some at every anchor took minutes to compare.</summary>
    private const int Most = 1000;

    /// <summary>Of the best thousand the better ones first; those that overlap a better one of their class by as much as given are left
    /// out.</summary>
    public static IReadOnlyList<Detection> Suppress(IEnumerable<Detection> all, double overlap)
    {
        List<Detection> kept = [];
        foreach (Detection one in all.OrderByDescending(one => one.Score).Take(Most))
        {
            if (!kept.Any(better => better.Label == one.Label && better.OverlapWith(one) >= overlap))
                kept.Add(one);
        }
        return kept;
    }

    /// <summary>How many of one list find one of the same class in the other, the one that overlaps most, each taken once.</summary>
    public static int Matched(IReadOnlyList<Detection> list, IReadOnlyList<Detection> other) =>
        AreMatched(list, other).Count(isMatched => isMatched);

    /// <summary>Which of one list do.</summary>
    public static bool[] AreMatched(IReadOnlyList<Detection> list, IReadOnlyList<Detection> other)
    {
        bool[] taken = new bool[other.Count];
        bool[] matched = new bool[list.Count];
        for (int index = 0; index < list.Count; index++)
        {
            Detection one = list[index];
            double most = SameObject;
            int at = -1;
            for (int i = 0; i < other.Count; i++)
            {
                if (!taken[i] && other[i].Label == one.Label && one.OverlapWith(other[i]) is var overlap && overlap >= most)
                    (most, at) = (overlap, i);
            }
            if (at < 0)
                continue;
            taken[at] = true;
            matched[index] = true;
        }
        return matched;
    }
}
