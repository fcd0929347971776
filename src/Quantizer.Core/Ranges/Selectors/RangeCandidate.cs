using Quantizer.Schemes;

namespace Quantizer.Ranges.Selectors;

/// <summary>A range that one method proposes.</summary>
/// <param name="Method">The selector's name.</param>
/// <param name="Range">What it selected.</param>
/// <param name="ExpectedSqnrDb">Expected signal-to-noise ratio of rounding and clipping to that range, from the histogram.</param>
internal sealed record RangeCandidate(string Method, ValueRange Range, double ExpectedSqnrDb);
