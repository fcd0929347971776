using Quantizer.Placement.Sites;

namespace Quantizer.Ranges.Weights;

/// <summary>The numbers of one weight tensor.</summary>
/// <param name="Scales">One per output channel, or a single one for the whole tensor.</param>
/// <param name="BiasScales">For each weight scale its product with the activation's scale; empty without a bias.</param>
internal sealed record WeightPlan(WeightSite Site, IReadOnlyList<float> Scales, IReadOnlyList<float> BiasScales);
