using System.Globalization;
using Quantizer.Ranges.Planning;

namespace Quantizer.Correction;

/// <summary>What became of an attempt to correct biases.</summary>
/// <param name="Plan">With the corrected biases if they were taken, else as it was.</param>
/// <param name="Layers">How many had their biases corrected.</param>
/// <param name="Samples">What they were corrected by.</param>
/// <param name="HeldOut">Other samples, which decided.</param>
/// <param name="BeforeDb">Signal over error at the outputs of those, without the correction.</param>
/// <param name="AfterDb">With it; null where the corrected network does not run.</param>
/// <param name="SqnrDb">Of the plan on all samples.</param>
internal sealed record CorrectionResult(
    QuantizationPlan Plan,
    bool IsTaken,
    int Layers,
    int Samples,
    int HeldOut,
    double BeforeDb,
    double? AfterDb,
    double SqnrDb
)
{
    /// <summary>"Corrected the biases of 20 layers: 31.0 dB -> 31.8 dB at the outputs of 384 samples held out of it; taken."</summary>
    public string Text =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Corrected the biases of {Layers} layers: {BeforeDb:0.0} dB -> {(AfterDb is { } after ? $"{after:0.0} dB" : "does not run")} at the outputs of {HeldOut} samples held out of it; {(IsTaken ? "taken" : "not taken")}."
        );
}
