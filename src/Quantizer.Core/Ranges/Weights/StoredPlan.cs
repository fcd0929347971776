using Quantizer.Placement.Sites;

namespace Quantizer.Ranges.Weights;

/// <summary>The numbers of a constant that is stored as integers.</summary>
/// <param name="Scales">One per index along the site's axis, or a single one. Of blocks one each: all columns of the first block of
/// summed values, then all of the second.</param>
internal sealed record StoredPlan(StoredSite Site, IReadOnlyList<float> Scales)
{
    /// <summary>Of blocks, in the order of their scales; else empty, which means zero.</summary>
    public IReadOnlyList<byte> ZeroPoints { get; init; } = [];
}
