using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Targets;
using Quantizer.Targets.OnnxRuntimeCpu.Edits;

namespace Quantizer.Core.Tests.Placement;

/// <summary>Places a graph as it is, without normalizing it first.</summary>
internal static class Placed
{
    public static QuantizationSites Of(
        GraphBuilder graph,
        PlacementOptions? options = null,
        Func<Node, IEnumerable<string>>? namesOf = null
    )
    {
        OnnxModel model = graph.Build();
        return Placer.Place(
            model.Graph,
            TensorShapes.OfBatch(model),
            QuantizationTarget.OnnxRuntimeCpu.Target,
            options ?? PlacementOptions.Default,
            namesOf
        );
    }

    public static string ReasonOf(this QuantizationSites sites, string node) =>
        sites.Nodes.Single(placement => placement.Node == node).Reason;

    public static bool IsInteger(this QuantizationSites sites, string node) =>
        sites.Nodes.Single(placement => placement.Node == node).IsInteger;

    public static IReadOnlyList<FloatFence> Fences(this QuantizationSites sites) => [.. sites.Edits.Reads.OfType<FloatFence>()];

    public static IReadOnlyList<FloatBarrier> Barriers(this QuantizationSites sites) => [.. sites.Edits.Changes.OfType<FloatBarrier>()];

    public static IReadOnlyList<PoolSwap> PoolSwaps(this QuantizationSites sites) => [.. sites.Edits.Changes.OfType<PoolSwap>()];

    public static IEnumerable<string> IntegerNodes(this QuantizationSites sites) =>
        sites.Nodes.Where(placement => placement.IsInteger).Select(placement => placement.Node);
}
