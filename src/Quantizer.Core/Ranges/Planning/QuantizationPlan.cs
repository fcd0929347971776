using Quantizer.Placement;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Weights;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Planning;

/// <summary>Every number that rewriting needs; it computes none itself.</summary>
/// <param name="Activations">By the tensor whose values gave the numbers (<see cref="ActivationSite.Source"/>).</param>
/// <param name="Constants">By the constant's name.</param>
internal sealed record QuantizationPlan(
    QuantizationSites Sites,
    IReadOnlyDictionary<string, ActivationPlan> Activations,
    IReadOnlyList<WeightPlan> Weights,
    IReadOnlyDictionary<string, QuantizationParameters> Constants
)
{
    /// <summary>Weights of nodes that take the ranges of their activations in each run.</summary>
    public IReadOnlyList<DynamicPlan> Dynamic { get; init; } = [];

    /// <summary>Weights of nodes in float.</summary>
    public IReadOnlyList<StoredPlan> Stored { get; init; } = [];

    /// <summary>Biases that are not the FP32 network's, of layers without integer biases.</summary>
    public IEnumerable<FloatBias> FloatBiases =>
        Dynamic.Select(weights => weights.Bias).Concat(Stored.Select(weights => weights.Bias)).OfType<FloatBias>();

    /// <summary>The plan as if its activations were those of other sites of the same model, for giving its numbers to a part of it: a range
    /// stays the same where fewer read the tensor, or its maker computes in float.</summary>
    public QuantizationPlan Around(QuantizationSites part) =>
        this with
        {
            Sites = Sites with
            {
                Activations =
                [
                    .. part.Activations.Where(site =>
                        Activations.TryGetValue(site.Source, out ActivationPlan? known) && known.Parameters.Scheme == site.Scheme
                    ),
                ],
            },
        };
}
