using Quantizer.Rewriting;

namespace Quantizer.Verification;

/// <summary>A quantized model that its runtime opens, with what really runs of it.</summary>
internal sealed record VerifiedModel(QuantizedModel Quantized, VerificationResult Result);
