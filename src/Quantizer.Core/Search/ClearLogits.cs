namespace Quantizer.Search;

/// <summary>Scores of a detector before their sigmoid, judged as far as it shows them: where there is no object they may lie hundreds below
/// zero, and hold all of the signal and of the error (BlazeFace).</summary>
internal static class ClearLogits
{
    /// <summary>Its sigmoid is a third of a thousandth from 0 or 1.</summary>
    private const float Clear = 8;

    /// <summary>With what is beyond doubt brought to where that begins.</summary>
    public static float[] Of(ReadOnlySpan<float> values)
    {
        float[] shown = new float[values.Length];
        for (int i = 0; i < shown.Length; i++)
        {
            // NaN stays what it is.
            shown[i] = Math.Clamp(values[i], -Clear, Clear);
        }
        return shown;
    }
}
