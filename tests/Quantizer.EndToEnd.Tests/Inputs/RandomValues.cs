namespace Quantizer.EndToEnd.Tests.Inputs;

/// <summary>Reproducible numbers.</summary>
internal static class RandomValues
{
    /// <summary>Evenly spread between -1 and 1.</summary>
    public static float[] Floats(int count, int seed)
    {
        Random random = new(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = (2f * random.NextSingle()) - 1f;
        return values;
    }
}
