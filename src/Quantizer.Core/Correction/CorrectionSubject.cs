using Quantizer.Correction.Rounding;
using Quantizer.Graphs;
using Quantizer.Ranges.Planning;
using Quantizer.Search;

namespace Quantizer.Correction;

/// <summary>What biases and weights are corrected of.</summary>
/// <param name="Model">The FP32 model that plans are written into.</param>
/// <param name="Reference">Samples with its outputs.</param>
/// <param name="Errors">Of the plan on these samples; null where it was not judged.</param>
internal sealed record CorrectionSubject(OnnxModel Model, QuantizationPlan Plan, OutputReference Reference, OutputErrors? Errors)
{
    /// <summary>Whether weights are rounded anew, too, where that is better.</summary>
    public required bool RoundsWeights { get; init; }

    /// <summary>Multiply-accumulates of one sample, by which the work is counted.</summary>
    public required long Macs { get; init; }

    /// <summary>What of the plan can be corrected.</summary>
    public IReadOnlyList<LayerNumbers> Layers => LayersOf(Model, Plan, RoundsWeights);

    /// <summary>What of a plan can be corrected.</summary>
    public static IReadOnlyList<LayerNumbers> LayersOf(OnnxModel model, QuantizationPlan plan, bool roundsWeights)
    {
        if (!TwoStreams.CanJoin(model))
            return [];
        Dictionary<string, Tensor> constants = model.Graph.Initializers.ToDictionary(tensor => tensor.Name);
        return [.. LayerNumbers.In(plan, model.Graph).Where(layer => layer.Bias is not null || (roundsWeights && IsRoundable(layer)))];

        bool IsRoundable(LayerNumbers layer) =>
            constants.TryGetValue(layer.Tensor, out Tensor? weights)
            && RoundingBudget.Allows(weights.ElementCount / Math.Max(1, weights.Dimensions[layer.Axis]));
    }
}
