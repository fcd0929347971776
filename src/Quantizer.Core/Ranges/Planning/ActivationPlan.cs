using Quantizer.Schemes;

namespace Quantizer.Ranges.Planning;

/// <summary>The numbers of one quantized activation.</summary>
/// <param name="Seen">Smallest and largest value that calibration saw.</param>
/// <param name="Method">The range selector that the range comes from.</param>
/// <param name="ExpectedSqnrDb">Signal over the error of rounding and clipping this tensor alone, from its histogram.</param>
internal sealed record ActivationPlan(QuantizationParameters Parameters, ValueRange Seen, string Method, double ExpectedSqnrDb);
