namespace Quantizer.Reporting;

/// <summary>What became of correcting biases, and of rounding weights, for what rounding and clipping shift in the mean.</summary>
/// <param name="Taken">False: numbers were left as they are.</param>
/// <param name="Layers">How many layers had their numbers corrected, in whichever form: on integers, or with weights that are only stored
/// as such.</param>
/// <param name="Samples">Calibration samples that they were corrected by.</param>
/// <param name="HeldOut">Other calibration samples, which decided.</param>
/// <param name="BeforeDb">Signal over error at the outputs of those, without the correction.</param>
/// <param name="AfterDb">With it; null where the corrected network did not run.</param>
public sealed record BiasCorrectionReport(bool Taken, int Layers, int Samples, int HeldOut, double BeforeDb, double? AfterDb)
{
    /// <summary>How many of the layers also had their weights rounded by what they are multiplied with, each weight making up for
    /// those that were rounded before it.</summary>
    public int RoundedLayers { get; init; }
}
