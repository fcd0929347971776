namespace Quantizer.Comparison.Tasks;

/// <summary>What one sample says: small, because it is kept for every sample.</summary>
internal abstract record TaskAnswer;
