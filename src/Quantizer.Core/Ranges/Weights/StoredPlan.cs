using Quantizer.Placement.Sites;

namespace Quantizer.Ranges.Weights;

/// <summary>The numbers of a constant that is stored as integers.</summary>
/// <param name="Scales">One per index along the site's axis, or a single one.</param>
internal sealed record StoredPlan(StoredSite Site, IReadOnlyList<float> Scales);
