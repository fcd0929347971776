namespace Quantizer.Search;

/// <summary>How sure it is that one plan makes less error than another, beyond the samples at hand.</summary>
internal static class PairedGain
{
    /// <summary>
    /// The mean over the samples of what the error shrinks by, in standard errors of that mean. A few hard samples hold most of
    /// a network's error: a plan that by chance is kind to one of them looks better by half a decibel, and is not.
    /// </summary>
    /// <returns>Infinity where every sample gains the same, or there is but one.</returns>
    public static double StandardErrors(OutputErrors now, OutputErrors then, OutputReference reference) =>
        StandardErrors(now, then, reference.Count, reference.Weights);

    /// <param name="weights">What each part of the outputs counts; null: the same.</param>
    /// <returns>As above.</returns>
    internal static double StandardErrors(OutputErrors now, OutputErrors then, int samples, IReadOnlyList<double>? weights = null)
    {
        double[] totals = now.Sums(samples);
        double[] gains = new double[samples];
        for (int sample = 0; sample < samples; sample++)
        {
            for (int output = 0; output < totals.Length; output++)
            {
                // Whatever the size of its values.
                if (totals[output] > 0)
                    gains[sample] += (weights?[output] ?? 1) * (now.Of(sample, output) - then.Of(sample, output)) / totals[output];
            }
        }

        double mean = gains.Sum() / samples;
        if (mean <= 0)
            return 0;
        double squares = gains.Sum(gain => (gain - mean) * (gain - mean));
        return squares == 0 ? double.PositiveInfinity : mean / Math.Sqrt(squares / (samples - 1) / samples);
    }
}
