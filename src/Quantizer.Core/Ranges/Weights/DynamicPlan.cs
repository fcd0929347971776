using Quantizer.Placement.Sites;

namespace Quantizer.Ranges.Weights;

/// <summary>The numbers of a weight whose activations get their ranges in each run.</summary>
/// <param name="Scales">One per output channel, or a single one.</param>
internal sealed record DynamicPlan(DynamicSite Site, IReadOnlyList<float> Scales);
