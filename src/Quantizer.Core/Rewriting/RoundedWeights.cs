using Quantizer.Graphs;
using Quantizer.Ranges.Weights;
using Quantizer.Schemes;

namespace Quantizer.Rewriting;

/// <summary>
/// Weights as integers, kept from one plan to the next: plans that are tried differ in their activations, and rounding all
/// weights costs more than the rest of the rewriting. Threads may ask at once.
/// </summary>
internal sealed class RoundedWeights
{
    /// <summary>As many as there are ways of choosing weight ranges, and one more: the scales of the plan at hand.</summary>
    private const int MostVariants = 3;

    private readonly Dictionary<
        (string Tensor, int Axis, QuantizationScheme Scheme),
        List<(IReadOnlyList<float> Scales, Tensor Integers)>
    > _variants = [];

    /// <summary>The tensor, always the same under one name, in steps of the plan's scales.</summary>
    internal Tensor Of(string name, Tensor weights, WeightPlan plan) => Of(name, weights, plan.Site.Axis, plan.Scales, plan.Site.Scheme);

    /// <param name="scales">One per index along <paramref name="axis"/>, or a single one.</param>
    internal Tensor Of(string name, Tensor weights, int axis, IReadOnlyList<float> scales, QuantizationScheme scheme)
    {
        (string, int, QuantizationScheme) key = (weights.Name, axis, scheme);
        lock (_variants)
        {
            if (_variants.TryGetValue(key, out var known))
            {
                foreach ((IReadOnlyList<float> knownScales, Tensor integers) in known)
                {
                    if (knownScales.SequenceEqual(scales))
                        return integers.Renamed(name);
                }
            }
        }

        Tensor rounded = IntegerTensors.OfWeights(name, weights, axis, scales, scheme);
        lock (_variants)
        {
            if (!_variants.TryGetValue(key, out var variants))
                _variants[key] = variants = [];
            if (variants.Count == MostVariants)
                variants.RemoveAt(0);
            variants.Add((scales, rounded));
        }
        return rounded;
    }
}
