namespace Quantizer.Reporting.Differences;

/// <summary>The speed of INT8 over FP32 in both.</summary>
internal sealed record SpeedDifference(LatencyReport Before, LatencyReport After)
{
    /// <summary>No verdict where both could be the same within their spreads.</summary>
    public bool IsClear => Math.Abs(After.Speedup - Before.Speedup) > Before.Spread + After.Spread;
}
