namespace Quantizer.Comparison.Tasks;

/// <summary>Class scores at many positions.</summary>
/// <param name="Classes">Scores at every position.</param>
/// <param name="IsClassFirst">All positions of the first class come first, as in [N, C, H, W]; otherwise all classes of the first
/// position, as in [N, T, C].</param>
internal readonly record struct ClassGrid(int Classes, bool IsClassFirst)
{
    /// <summary>The index of the largest score at every position; the first of equal ones.</summary>
    public int[] TopsOf(ReadOnlySpan<float> scores) => IsClassFirst ? AcrossPlanes(scores) : WithinRows(scores);

    /// <summary>Where the score of a class at one of so many positions lies.</summary>
    public int IndexOf(int label, int position, int positions) =>
        IsClassFirst ? (label * positions) + position : (position * Classes) + label;

    /// <summary>The class of the score at an index.</summary>
    public int ClassOf(int index, int positions) => IsClassFirst ? index / positions : index % Classes;

    /// <summary>The position of the score at an index.</summary>
    public int PositionOf(int index, int positions) => IsClassFirst ? index % positions : index / Classes;

    /// <summary>Whether at every position the scores are probabilities that sum to 1.</summary>
    public bool HoldsProbabilities(ReadOnlySpan<float> scores)
    {
        int positions = scores.Length / Classes;
        for (int position = 0; position < positions; position++)
        {
            double sum = 0;
            for (int c = 0; c < Classes; c++)
            {
                float score = scores[IndexOf(c, position, positions)];
                if (!(score >= 0 && score <= 1 + Tolerance))
                    return false;
                sum += score;
            }
            if (!(Math.Abs(sum - 1) <= Tolerance))
                return false;
        }
        return positions > 0;
    }

    /// <summary>Half precision adds a thousand probabilities up no better.</summary>
    private const double Tolerance = 0.01;

    private int[] WithinRows(ReadOnlySpan<float> scores)
    {
        int[] tops = new int[scores.Length / Classes];
        for (int position = 0; position < tops.Length; position++)
            tops[position] = ClassScores.TopOf(scores.Slice(position * Classes, Classes));
        return tops;
    }

    /// <summary>Plane by plane, in the order in which they lie in memory.</summary>
    private int[] AcrossPlanes(ReadOnlySpan<float> scores)
    {
        int[] tops = new int[scores.Length / Classes];
        float[] best = scores[..tops.Length].ToArray();
        for (int c = 1; c < Classes; c++)
        {
            ReadOnlySpan<float> plane = scores.Slice(c * tops.Length, tops.Length);
            for (int position = 0; position < plane.Length; position++)
            {
                if (plane[position] > best[position])
                    (best[position], tops[position]) = (plane[position], c);
            }
        }
        return tops;
    }
}
