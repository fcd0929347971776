using Quantizer.Graphs;
using Quantizer.Placement.Contract;
using Quantizer.Placement.Sites;

namespace Quantizer.Placement;

/// <summary>Where quantization happens: decided from the graph alone, before any data is seen.</summary>
/// <param name="Edits">What the target wants written beside.</param>
/// <param name="Nodes">Every node of the graph in its order, those of bodies behind the node whose they are.</param>
internal sealed record QuantizationSites(
    Target Target,
    IReadOnlyList<ActivationSite> Activations,
    IReadOnlyList<WeightSite> Weights,
    IReadOnlyList<ConstantSite> Constants,
    TargetEdits Edits,
    IReadOnlyList<NodePlacement> Nodes
)
{
    /// <summary>Weights of nodes that take the ranges of their activations in each run.</summary>
    public IReadOnlyList<DynamicSite> Dynamic { get; init; } = [];

    /// <summary>Weights of nodes in float.</summary>
    public IReadOnlyList<StoredSite> Stored { get; init; } = [];

    /// <summary>Whether there is anything to write.</summary>
    public bool IsEmpty => Weights.Count + Dynamic.Count + Stored.Count == 0;

    /// <summary>The nodes that multiply by integer weights, or whose weights are stored as integers, in graph order.</summary>
    public IReadOnlyList<string> WeightedNodes
    {
        get
        {
            HashSet<string> multiplying = [.. Weights.Select(weights => weights.Node)];
            return
            [
                .. Nodes
                    .Where(node => node.Form is NodeForm.Dynamic or NodeForm.Stored || multiplying.Contains(node.Node))
                    .Select(node => node.Node),
            ];
        }
    }

    /// <summary>Of the bytes of the graph's constants, those that become integers.</summary>
    public double IntegerShareOf(Graph graph)
    {
        HashSet<string> integers =
        [
            .. Weights.Select(weights => weights.Tensor),
            .. Dynamic.Select(weights => weights.Tensor),
            .. Stored.Select(weights => weights.Tensor),
        ];
        double all = graph.Initializers.Sum(constant => (double)constant.Data.Length),
            some = graph.Initializers.Where(constant => integers.Contains(constant.Name)).Sum(constant => (double)constant.Data.Length);
        return some / Math.Max(1, all);
    }

    /// <summary>The tensors that calibration has to observe, in graph order.</summary>
    public IReadOnlyList<string> Observed => [.. Activations.Select(site => site.Source).Distinct()];
}
