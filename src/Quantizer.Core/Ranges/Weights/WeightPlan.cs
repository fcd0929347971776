using Quantizer.Graphs;
using Quantizer.Placement.Sites;

namespace Quantizer.Ranges.Weights;

/// <summary>The numbers of one weight tensor.</summary>
/// <param name="Scales">One per output channel, or a single one for the whole tensor.</param>
/// <param name="BiasScales">For each weight scale its product with the activation's scale; empty where none can be added, and where
/// it is added in float.</param>
internal sealed record WeightPlan(WeightSite Site, IReadOnlyList<float> Scales, IReadOnlyList<float> BiasScales)
{
    /// <summary>The bias to write, one value for each output channel; null: the FP32 network's.</summary>
    public IReadOnlyList<float>? Bias { get; init; }

    /// <summary>The weights as integers, as their own tensor lies; null: each rounded to the nearest.</summary>
    public Tensor? Integers { get; init; }
}
