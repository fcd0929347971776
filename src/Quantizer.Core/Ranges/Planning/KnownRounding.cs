using Quantizer.Graphs;
using Quantizer.Ranges.Weights;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Planning;

/// <summary>What correction gave weights of another plan whose biases are floats; it serves the same scales in either form.</summary>
internal sealed class KnownRounding
{
    private readonly Dictionary<(string Tensor, int Axis, QuantizationScheme Scheme), (IReadOnlyList<float> Scales, Tensor? Integers, FloatBias? Bias)> _known = [];

    public KnownRounding(QuantizationPlan known)
    {
        foreach (DynamicPlan weights in known.Dynamic)
            Know((weights.Site.Tensor, weights.Site.Axis, weights.Site.Scheme), (weights.Scales, weights.Integers, weights.Bias));
        foreach (StoredPlan weights in known.Stored)
            Know((weights.Site.Tensor, weights.Site.Axis, weights.Site.Scheme), (weights.Scales, weights.Integers, weights.Bias));
    }

    public DynamicPlan Of(DynamicPlan plan) =>
        _known.TryGetValue((plan.Site.Tensor, plan.Site.Axis, plan.Site.Scheme), out var known) && known.Scales.SequenceEqual(plan.Scales)
            ? plan with
            {
                Integers = known.Integers,
                Bias = known.Bias,
            }
            : plan;

    public StoredPlan Of(StoredPlan plan) =>
        plan.Site.Blocks is null
        && plan.Site.Gathers.Count == 0
        && _known.TryGetValue((plan.Site.Tensor, plan.Site.Axis, plan.Site.Scheme), out var known)
        && known.Scales.SequenceEqual(plan.Scales)
            ? plan with
            {
                Integers = known.Integers,
                Bias = known.Bias,
            }
            : plan;

    private void Know((string, int, QuantizationScheme) key, (IReadOnlyList<float> Scales, Tensor? Integers, FloatBias? Bias) numbers)
    {
        if (numbers.Integers is not null || numbers.Bias is not null)
            _known[key] = numbers;
    }
}
