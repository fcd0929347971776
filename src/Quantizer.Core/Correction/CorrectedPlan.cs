using Quantizer.Graphs;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Weights;
using Quantizer.Rewriting;

namespace Quantizer.Correction;

/// <summary>Writes corrected numbers into a plan.</summary>
/// <param name="layers">Those of the plan that could be corrected.</param>
internal sealed class CorrectedPlan(IReadOnlyList<LayerNumbers> layers, CorrectedNumbers numbers)
{
    private readonly ILookup<string, LayerNumbers> _byTensor = layers.ToLookup(layer => layer.Tensor);

    public QuantizationPlan Of(QuantizationPlan plan) =>
        plan with
        {
            Weights = [.. plan.Weights.Select(Of)],
            Dynamic = [.. plan.Dynamic.Select(Of)],
            Stored = [.. plan.Stored.Select(Of)],
        };

    /// <summary>
    /// The plan with layers that are seen to read and write floats:
    /// 1. those that take ranges in each run compute in float, which those ranges change little;
    /// 2. those that add their bias themselves have it behind them.
    /// </summary>
    /// <param name="layers">Those that are to be corrected; others stay as they are.</param>
    public static QuantizationPlan Readable(QuantizationPlan plan, IReadOnlyList<LayerNumbers> layers)
    {
        HashSet<string> nodes = [.. layers.Select(layer => layer.Node)];
        HashSet<string> stored = [.. plan.Stored.Where(weights => weights.Site.Gathers.Count == 0).Select(weights => weights.Site.Tensor)];
        return plan with
        {
            Weights = [.. plan.Weights.Select(BesideBias)],
            Dynamic = [.. plan.Dynamic.Where(weights => !nodes.Contains(weights.Site.Node))],
            Stored =
            [
                .. plan.Stored,
                .. plan
                    .Dynamic.Where(weights => nodes.Contains(weights.Site.Node) && stored.Add(weights.Site.Tensor))
                    .Select(weights => new StoredPlan(
                        new StoredSite(weights.Site.Tensor, weights.Site.Axis, weights.Site.Scheme, []),
                        weights.Scales
                    )),
            ],
        };
    }

    private static WeightPlan BesideBias(WeightPlan plan) =>
        plan.Site.Bias is { } bias ? plan with { Site = plan.Site with { Bias = bias with { IsInProduct = false } } } : plan;

    private WeightPlan Of(WeightPlan plan)
    {
        if (numbers.Biases.TryGetValue(plan.Site.Node, out float[]? bias))
            plan = plan with { Bias = bias };
        return numbers.Weights.TryGetValue(plan.Site.Node, out Tensor? weights)
            ? plan with
            {
                Integers = IntegerTensors.OfWeights(weights.Name, weights, plan.Site.Axis, plan.Scales, plan.Site.Scheme),
            }
            : plan;
    }

    private DynamicPlan Of(DynamicPlan plan) =>
        LayerOf(plan.Site.Tensor, plan.Site.Node) is { } layer
            ? plan with
            {
                Integers = IntegersOf(layer) ?? plan.Integers,
                Bias = BiasOf(layer) ?? plan.Bias,
            }
            : plan;

    private StoredPlan Of(StoredPlan plan) =>
        plan.Site is { Blocks: null, Gathers.Count: 0 } && LayerOf(plan.Site.Tensor, node: null) is { } layer
            ? plan with
            {
                Integers = IntegersOf(layer) ?? plan.Integers,
                Bias = BiasOf(layer) ?? plan.Bias,
            }
            : plan;

    /// <param name="node">Null: any; only one reads what is stored.</param>
    private LayerNumbers? LayerOf(string tensor, string? node) =>
        _byTensor[tensor].FirstOrDefault(layer => layer.BiasSteps.Count == 0 && (node is null || layer.Node == node));

    private Tensor? IntegersOf(LayerNumbers layer) =>
        numbers.Weights.TryGetValue(layer.Node, out Tensor? weights)
            ? IntegerTensors.OfWeights(weights.Name, weights, layer.Axis, layer.Scales, layer.Scheme)
            : null;

    private FloatBias? BiasOf(LayerNumbers layer) =>
        layer.Bias?.Tensor is { } tensor && numbers.Biases.TryGetValue(layer.Node, out float[]? values)
            ? new FloatBias(tensor, values)
            : null;
}
