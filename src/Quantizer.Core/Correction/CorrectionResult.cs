using Quantizer.Ranges.Planning;

namespace Quantizer.Correction;

/// <summary>What became of an attempt to correct biases and the rounding of weights.</summary>
/// <param name="Plan">With the corrected numbers if they were taken, else as it was.</param>
/// <param name="Uncorrected">As it was.</param>
/// <param name="Layers">How many were given other numbers.</param>
/// <param name="Rounded">How many of them had their weights rounded by what they are multiplied with.</param>
/// <param name="Samples">What they were corrected by.</param>
/// <param name="HeldOut">Other samples, which decided.</param>
/// <param name="BeforeDb">Signal over error at the outputs of those, without the correction.</param>
/// <param name="AfterDb">With it; null where the corrected network does not run.</param>
internal sealed record CorrectionResult(
    QuantizationPlan Plan,
    QuantizationPlan Uncorrected,
    bool IsTaken,
    int Layers,
    int Rounded,
    int Samples,
    int HeldOut,
    double BeforeDb,
    double? AfterDb
)
{
    /// <summary>What the plan gained at the outputs.</summary>
    public double GainDb => IsTaken ? AfterDb!.Value - BeforeDb : 0;
}
