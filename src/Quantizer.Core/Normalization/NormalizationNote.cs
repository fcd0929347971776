namespace Quantizer.Normalization;

/// <summary>One thing a pass did.</summary>
/// <param name="Pass">The pass, as a phrase: "fold batch normalization".</param>
internal sealed record NormalizationNote(string Pass, string Message);
