using Quantizer.Normalization;
using Quantizer.Placement.Contract;

namespace Quantizer.Placement;

/// <summary>A model with the decision of what is quantized where: made from the graph and the target alone, before any data is
/// seen.</summary>
/// <param name="Source">The model as normalized: the FP32 reference.</param>
/// <param name="Lowered">What is calibrated and quantized: equal to the source, in the target's favourite operators.</param>
/// <param name="Options">What it was placed with.</param>
internal sealed record PlacedModel(NormalizedModel Source, NormalizedModel Lowered, QuantizationSites Sites, PlacementOptions Options)
{
    public Target Target => Sites.Target;
}
