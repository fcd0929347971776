namespace Quantizer.Calibration;

/// <summary>The statistics of every observed tensor over all calibration samples.</summary>
/// <param name="Tensors">By tensor name.</param>
/// <param name="Samples">Number of samples seen.</param>
public sealed record CalibrationStatistics(IReadOnlyDictionary<string, TensorStatistics> Tensors, int Samples);
