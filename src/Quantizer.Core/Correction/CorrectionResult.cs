using Quantizer.Ranges.Planning;

namespace Quantizer.Correction;

/// <summary>What became of an attempt to correct biases.</summary>
/// <param name="Plan">With the corrected biases if they were taken, else as it was.</param>
/// <param name="Layers">How many had their biases corrected.</param>
/// <param name="Samples">What they were corrected by.</param>
/// <param name="HeldOut">Other samples, which decided.</param>
/// <param name="BeforeDb">Signal over error at the outputs of those, without the correction.</param>
/// <param name="AfterDb">With it; null where the corrected network does not run.</param>
internal sealed record CorrectionResult(
    QuantizationPlan Plan,
    bool IsTaken,
    int Layers,
    int Samples,
    int HeldOut,
    double BeforeDb,
    double? AfterDb
)
{
    /// <summary>What the plan gained at the outputs.</summary>
    public double GainDb => IsTaken ? AfterDb!.Value - BeforeDb : 0;
}
