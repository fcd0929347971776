using MathNet.Numerics.Statistics;

namespace Quantizer.Execution;

/// <summary>Times of one model's runs, in the order of the rounds it took turns with others in.</summary>
internal sealed record LatencyResult(IReadOnlyList<double> Milliseconds)
{
    /// <summary>What a user of this machine sees while it is as busy as it was.</summary>
    public double MedianMilliseconds { get; } = MedianOf(Milliseconds);

    /// <summary>What the machine can do when nothing disturbs it: what comparisons go by.</summary>
    public double MinimumMilliseconds { get; } = Milliseconds.Min();

    public int Runs => Milliseconds.Count;

    /// <summary>Of times in any unit.</summary>
    public static double MedianOf(IEnumerable<double> times) => times.Median();
}
