namespace Quantizer.Preprocessing.Discovery;

/// <summary>How far the values before a BatchNormalization lie from those that training saw there.</summary>
internal static class NormalDistance
{
    /// <summary>Channels that were (nearly) constant in training say nothing.</summary>
    private const double LeastVariance = 1e-6;

    /// <summary>Keeps the logarithm finite for a channel that is constant now; such a channel counts as 10 nats away.</summary>
    private const double LeastRatio = 1e-9;

    /// <summary>
    /// Kullback-Leibler divergence of the observed from the remembered normal distribution, in nats:
    /// 1/2 (v/vr + (m - mr)^2/vr - 1 - ln(v/vr)).
    /// </summary>
    public static double Of(double mean, double variance, double runningMean, double runningVariance)
    {
        double ratio = Math.Max(variance / runningVariance, LeastRatio);
        double shift = mean - runningMean;
        return 0.5 * (ratio + shift * shift / runningVariance - 1 - Math.Log(ratio));
    }

    /// <summary>Median and mean over the channels; infinite where values are not finite or no channel counts.</summary>
    public static (double Median, double Mean) Over(
        ChannelMoments observed,
        IReadOnlyList<float> runningMean,
        IReadOnlyList<float> runningVariance
    )
    {
        double[] distances =
        [
            .. Enumerable
                .Range(0, runningMean.Count)
                .Where(channel => runningVariance[channel] > LeastVariance)
                .Select(channel =>
                    Of(observed.MeanOf(channel), observed.VarianceOf(channel), runningMean[channel], runningVariance[channel])
                )
                .Order(),
        ];
        if (distances.Length == 0 || distances.Any(distance => !double.IsFinite(distance)))
            return (double.PositiveInfinity, double.PositiveInfinity);
        int middle = distances.Length / 2;
        double median = distances.Length % 2 == 1 ? distances[middle] : (distances[middle - 1] + distances[middle]) / 2;
        return (median, distances.Average());
    }
}
