using Quantizer.Graphs;
using Quantizer.Placement.Sites;

namespace Quantizer.Ranges.Weights;

/// <summary>The numbers of a constant that is stored as integers.</summary>
/// <param name="Scales">One per index along the site's axis, or a single one. Of blocks one each: all columns of the first block of
/// summed values, then all of the second.</param>
internal sealed record StoredPlan(StoredSite Site, IReadOnlyList<float> Scales)
{
    /// <summary>Of blocks, in the order of their scales; else empty, which means zero.</summary>
    public IReadOnlyList<byte> ZeroPoints { get; init; } = [];

    /// <summary>The constant as integers, as its own tensor lies; null: each value rounded to the nearest.</summary>
    public Tensor? Integers { get; init; }

    /// <summary>Of the node that multiplies by the constant; null: the FP32 network's.</summary>
    public FloatBias? Bias { get; init; }
}
