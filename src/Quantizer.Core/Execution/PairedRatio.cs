namespace Quantizer.Execution;

/// <summary>
/// How many times faster one model is than another, by the rounds in which both took turns: what disturbs the machine for longer than a
/// round hits both, and goes out of their ratio.
/// </summary>
/// <param name="Median">Of the rounds' ratios; above 1 the other is faster.</param>
/// <param name="Low">With <paramref name="High"/>, the interval that holds the median with a confidence of at least 95 %, by the order of
/// the ratios alone: whatever their distribution is. Below six rounds there is none, and it is everything.</param>
internal sealed record PairedRatio(double Median, double Low, double High)
{
    /// <summary>Of both ends together.</summary>
    private const double Outside = 0.05;

    /// <param name="reference">From the same rounds as <paramref name="other"/>.</param>
    /// <exception cref="ArgumentException">The two have different numbers of runs, or none.</exception>
    public static PairedRatio Of(LatencyResult reference, LatencyResult other)
    {
        if (reference.Runs != other.Runs || other.Runs == 0)
            throw new ArgumentException($"Found {reference.Runs} and {other.Runs} runs; expected as many of both.");
        double[] ratios = [.. reference.Milliseconds.Zip(other.Milliseconds, (first, second) => first / second).Order()];
        int middle = ratios.Length / 2;
        double median = ratios.Length % 2 == 1 ? ratios[middle] : (ratios[middle - 1] + ratios[middle]) / 2;
        return RankOf(ratios.Length) is { } rank
            ? new PairedRatio(median, ratios[rank], ratios[^(rank + 1)])
            : new PairedRatio(median, 0, double.PositiveInfinity);
    }

    /// <summary>The largest rank (from 0) below which the true median lies with at most half of <see cref="Outside"/>: as often as a coin
    /// falls so rarely on one side. Null where even the least ratio is not that far out.</summary>
    internal static int? RankOf(int rounds)
    {
        // Terms of the binomial distribution from their logarithms: 2^-1000 is no double.
        double logTerm = -rounds * Math.Log(2),
            sum = 0;
        int? rank = null;
        for (int k = 0; k < rounds; k++)
        {
            sum += Math.Exp(logTerm);
            if (sum > Outside / 2)
                break;
            rank = k;
            logTerm += Math.Log((double)(rounds - k) / (k + 1));
        }
        return rank;
    }
}
