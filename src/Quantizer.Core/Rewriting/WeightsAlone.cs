using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Weights;

namespace Quantizer.Rewriting;

/// <summary>Writes only the constants of a plan: its weights as if they were stored as integers, with the biases that were corrected for
/// them, and all arithmetic in float.</summary>
internal static class WeightsAlone
{
    /// <returns>Null where weights lie in the bodies of loops or branches.</returns>
    public static OnnxModel? Of(OnnxModel model, QuantizationPlan plan)
    {
        HashSet<string> constants = [.. model.Graph.Initializers.Select(tensor => tensor.Name)];
        OnnxModel copy = ModelCopy.Of(model);
        NameSource names = new(copy.Graph);
        StoredPlan[] stored =
        [
            .. plan
                .Stored.Concat(plan.Weights.Select(Static))
                .Concat(plan.Dynamic.Select(Dynamic))
                .DistinctBy(weights => weights.Site.Tensor),
        ];
        if (!stored.All(weights => constants.Contains(weights.Site.Tensor)))
            return null;
        QuantizationSites sites = plan.Sites with
        {
            Activations = [],
            Weights = [],
            Constants = [],
            Dynamic = [],
            Edits = TargetEdits.None,
        };
        return GraphRewriter.Rewrite(copy, plan with { Sites = sites, Weights = [], Dynamic = [], Stored = stored });

        StoredPlan Static(WeightPlan weights)
        {
            StoredSite site = new(weights.Site.Tensor, weights.Site.Axis, weights.Site.Scheme, []);
            return new StoredPlan(site, weights.Scales)
            {
                Integers = weights.Integers,
                Bias = weights is { Bias: { } values, Site.Bias: { } bias }
                    ? new FloatBias(bias.Tensor ?? Added(bias, values), values)
                    : null,
            };
        }

        // Correction may have given a node the bias that it had not.
        string Added(BiasSite bias, IReadOnlyList<float> values)
        {
            Node node = copy.Graph.Nodes.Find(node => node.Name == bias.Node)!;
            while (node.Inputs.Count <= bias.Input)
                node.Inputs.Add("");
            string name = names.New($"{bias.Node}_bias");
            copy.Graph.Initializers.Add(Tensor.FromFloats(name, [values.Count], [.. values]));
            return node.Inputs[bias.Input] = name;
        }
    }

    private static StoredPlan Dynamic(DynamicPlan weights) =>
        new(new StoredSite(weights.Site.Tensor, weights.Site.Axis, weights.Site.Scheme, []), weights.Scales)
        {
            Integers = weights.Integers,
            Bias = weights.Bias,
        };
}
