using Quantizer.Execution;
using Quantizer.Reporting.Details;

namespace Quantizer.Details;

/// <summary>The times that a speed was told from.</summary>
internal static class LatencyTimes
{
    /// <summary>A thousandth of a microsecond is beyond any clock.</summary>
    private const int Decimals = 6;

    /// <param name="fp32">Of the model that the report compares with.</param>
    public static LatencyRuns Of(LatencyResult fp32, LatencyResult int8) => new(Times(fp32), Times(int8));

    private static double[] Times(LatencyResult result) =>
        [.. result.Milliseconds.Select(time => Math.Round(time, Decimals, MidpointRounding.ToEven))];
}
