namespace Quantizer.Samples;

/// <summary>Decides when too many samples were broken for the rest to stand for the data.</summary>
internal static class SkipLimit
{
    /// <param name="data">What the message calls the data: its path in quotes, or a phrase to begin a sentence with.</param>
    /// <param name="used">Samples that were read.</param>
    /// <param name="skipped">Samples that could not be.</param>
    /// <exception cref="QuantizationException">None was usable, or more were broken than usable.</exception>
    public static void Check(string data, int used, IReadOnlyList<SkippedSample> skipped)
    {
        if (skipped.Count <= used && used > 0)
            return;
        string example = skipped.Count > 0 ? $" The first: '{skipped[0].Name}': {skipped[0].Reason}." : "";
        throw new QuantizationException(
            used == 0
                ? $"{data}: none of {skipped.Count} samples can be read.{example} Give data that the model was made for."
                : $"{data}: {skipped.Count} of {used + skipped.Count} samples cannot be read, more than half.{example} Remove the broken "
                    + $"ones or give other data."
        );
    }
}
