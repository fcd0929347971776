namespace Quantizer.Calibration.Statistics;

/// <summary>The statistics of every observed tensor over all calibration samples.</summary>
/// <param name="Tensors">By tensor name.</param>
/// <param name="Samples">Number of samples seen.</param>
internal sealed record CalibrationStatistics(IReadOnlyDictionary<string, TensorStatistics> Tensors, int Samples)
{
    /// <summary>
    /// The statistics over the samples of both, bit for bit those of a single run over all of them. Neither is changed.
    /// </summary>
    /// <exception cref="QuantizationException">They observed different tensors.</exception>
    public CalibrationStatistics Merge(CalibrationStatistics other)
    {
        foreach (string name in Tensors.Keys.Union(other.Tensors.Keys))
        {
            if (!Tensors.ContainsKey(name) || !other.Tensors.ContainsKey(name))
            {
                throw new QuantizationException(
                    $"Tensor '{name}' was observed in only one of two sets of calibration statistics ({Tensors.Count} and "
                        + $"{other.Tensors.Count} tensors). "
                        + "Merge only statistics of the same model and the same options."
                );
            }
        }
        Dictionary<string, TensorStatistics> merged = [];
        foreach ((string name, TensorStatistics statistics) in Tensors)
        {
            TensorStatistics sum = new();
            sum.Merge(statistics);
            sum.Merge(other.Tensors[name]);
            merged.Add(name, sum);
        }
        return new CalibrationStatistics(merged, checked(Samples + other.Samples));
    }
}
