namespace Quantizer.Calibration;

/// <summary>Placeholder until the sampled kernel is there: counts everything.</summary>
internal static class TailSampling
{
    public static void Add(TensorStatistics statistics, ReadOnlySpan<float> values) => statistics.Add(values);
}
