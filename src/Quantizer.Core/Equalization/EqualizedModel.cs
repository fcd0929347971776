using Quantizer.Placement;

namespace Quantizer.Equalization;

/// <summary>A model with scales, and what they gain.</summary>
/// <param name="Tensors">The rounded activations whose channels have scales now.</param>
/// <param name="PredictedDb">What the model of the error tells.</param>
/// <param name="GainDb">At the outputs, on samples that the scales were not chosen on, with the ranges of one selector.</param>
internal sealed record EqualizedModel(PlacedModel Placed, IReadOnlyList<string> Tensors, double PredictedDb, double GainDb);
