using Quantizer.Graphs;
using Quantizer.Placement.Sites;

namespace Quantizer.Ranges.Weights;

/// <summary>The numbers of a weight whose activations get their ranges in each run.</summary>
/// <param name="Scales">One per output channel, or a single one.</param>
internal sealed record DynamicPlan(DynamicSite Site, IReadOnlyList<float> Scales)
{
    /// <summary>The weights as integers, as their own tensor lies; null: each rounded to the nearest.</summary>
    public Tensor? Integers { get; init; }

    /// <summary>Of the node; null: the FP32 network's.</summary>
    public FloatBias? Bias { get; init; }
}
