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
}
