namespace Quantizer.Rewriting;

/// <summary>Keeps out of files what runtimes divide and multiply by: zero, denormal, negative and non-finite scales.</summary>
internal static class UsableScales
{
    /// <param name="tensor">Whose scales they are, for the message.</param>
    /// <exception cref="InvalidOperationException">A scale is not usable: placement and planning must not let that happen.</exception>
    public static void Require(string tensor, IEnumerable<float> scales)
    {
        foreach (float scale in scales)
        {
            if (!float.IsNormal(scale) || scale < 0)
            {
                throw new InvalidOperationException(
                    $"The plan gives tensor '{tensor}' the scale {scale}; a scale is a positive, normal number."
                );
            }
        }
    }
}
