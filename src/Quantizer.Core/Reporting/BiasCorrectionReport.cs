namespace Quantizer.Reporting;

/// <summary>What became of correcting biases for what rounding and clipping shift in the mean.</summary>
/// <param name="Taken">False: biases were left as they are.</param>
/// <param name="Layers">How many layers had their biases corrected.</param>
/// <param name="Samples">Calibration samples that they were corrected by.</param>
/// <param name="HeldOut">Other calibration samples, which decided.</param>
/// <param name="BeforeDb">Signal over error at the outputs of those, without the correction.</param>
/// <param name="AfterDb">With it; null where the corrected network did not run.</param>
public sealed record BiasCorrectionReport(bool Taken, int Layers, int Samples, int HeldOut, double BeforeDb, double? AfterDb);
