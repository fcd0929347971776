namespace Quantizer.Equalization.Modelling;

/// <summary>Scales worth trying.</summary>
/// <param name="Logarithms">To base two, by variable.</param>
/// <param name="GainDb">What the model of the error tells.</param>
/// <param name="CostsNodes">Some of the scales cost a multiplication.</param>
internal sealed record ScaleCandidate(IReadOnlyList<double> Logarithms, double GainDb, bool CostsNodes);
