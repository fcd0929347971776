using Quantizer.Calibration.Running;
using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Ranges.Planning;
using Quantizer.Verification;

namespace Quantizer.Pipeline;

/// <summary>What the stages up to the written file gave.</summary>
/// <param name="Statistics">Null when nothing was quantized, so that nothing was observed.</param>
internal sealed record RunResults(
    QuantizationOptions Options, string Output, OnnxModel Source, NormalizedModel Normalized, QuantizationPlan Plan, VerificationResult Verification,
    CalibrationRun? Statistics, DataSet Calibration);
