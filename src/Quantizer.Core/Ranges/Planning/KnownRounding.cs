using Quantizer.Graphs;
using Quantizer.Ranges.Weights;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Planning;

/// <summary>What correction gave weights of another plan whose biases are floats; it serves the same scales in either form.</summary>
internal sealed class KnownRounding
{
    private readonly Dictionary<(string Tensor, int Axis), Numbers> _known = [];

    public KnownRounding(QuantizationPlan known)
    {
        foreach (DynamicPlan weights in known.Dynamic)
            Know((weights.Site.Tensor, weights.Site.Axis), new(weights.Site.Scheme, weights.Scales, weights.Integers, weights.Bias));
        foreach (StoredPlan weights in known.Stored)
            Know((weights.Site.Tensor, weights.Site.Axis), new(weights.Site.Scheme, weights.Scales, weights.Integers, weights.Bias));
    }

    public DynamicPlan Of(DynamicPlan plan) =>
        _known.TryGetValue((plan.Site.Tensor, plan.Site.Axis), out Numbers? known)
        && known.Scheme == plan.Site.Scheme
        && known.Scales.SequenceEqual(plan.Scales)
            ? plan with
            {
                Integers = known.Integers,
                Bias = known.Bias,
            }
            : plan;

    /// <summary>With the scales as well: those of a layer on integers may be coarser.</summary>
    public StoredPlan Of(StoredPlan plan) =>
        plan.Site is { Blocks: null, Gathers.Count: 0 } && _known.TryGetValue((plan.Site.Tensor, plan.Site.Axis), out Numbers? known)
            ? plan with
            {
                Scales = known.Scales,
                Integers = known.Integers,
                Bias = known.Bias,
            }
            : plan;

    private void Know((string, int) key, Numbers numbers)
    {
        if (numbers.Integers is not null || numbers.Bias is not null)
            _known[key] = numbers;
    }

    private sealed record Numbers(QuantizationScheme Scheme, IReadOnlyList<float> Scales, Tensor? Integers, FloatBias? Bias);
}
