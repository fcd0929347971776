namespace Quantizer.Comparison;

/// <summary>
/// Scores that the network itself has switched off: behind a mask they are minus infinity, or a huge number below zero that stands for
/// it. Beside them all other values vanish in a sum of squares, so that they are left out of figures where both models have them.
/// </summary>
internal static class HiddenScores
{
    /// <summary>What masks put in comes to this at least.</summary>
    private const float Huge = -1e4f;

    /// <summary>So many times as large as all other values: numbers that are large by themselves are not hidden.</summary>
    private const float Beyond = 100;

    /// <summary>Where they are; null where there are none, or nothing else.</summary>
    /// <param name="values">Of the FP32 model.</param>
    public static int[]? In(ReadOnlySpan<float> values)
    {
        float least = float.PositiveInfinity,
            others = 0;
        int count = 0;
        foreach (float value in values)
        {
            if (value <= Huge)
            {
                count++;
                least = MathF.Min(least, -value);
            }
            else
            {
                others = MathF.Max(others, MathF.Abs(value));
            }
        }
        if (count == 0 || count == values.Length || !(least >= Beyond * others))
            return null;
        int[] places = new int[count];
        for (int i = 0, next = 0; i < values.Length; i++)
        {
            if (values[i] <= Huge)
                places[next++] = i;
        }
        return places;
    }

    /// <summary>A copy with zeros in their places, but for values that are not switched off there.</summary>
    public static float[] Without(int[] places, ReadOnlySpan<float> values)
    {
        float[] shown = values.ToArray();
        foreach (int place in places)
        {
            if (place < shown.Length && shown[place] <= Huge)
                shown[place] = 0;
        }
        return shown;
    }
}
