using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Verification;

namespace Quantizer.Pipeline;

/// <summary>What the stages up to the written file gave.</summary>
internal sealed record RunResults(
    QuantizationOptions Options, string Output, OnnxModel Source, NormalizedModel Normalized, QuantizedRun Quantized, VerificationResult Verification,
    DataSet Calibration);
