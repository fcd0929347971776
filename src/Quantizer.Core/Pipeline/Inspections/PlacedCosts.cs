using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Sites;
using Quantizer.Reporting.Inspections;
using Quantizer.Work;

namespace Quantizer.Pipeline.Inspections;

/// <summary>What each node of a placed model costs, and what its weights would take.</summary>
internal sealed class PlacedCosts
{
    /// <summary>Of integers in 8 bits: a float scale and a zero point for each channel.</summary>
    private const int BytesPerScale = sizeof(float) + 1;

    private readonly Dictionary<string, Tensor> _constants;
    private readonly Dictionary<(string Node, int Input), int?> _axes = [];
    private readonly Dictionary<string, StoredSite> _stored;

    private PlacedCosts(PlacedModel placed)
    {
        QuantizationSites sites = placed.Sites;
        _constants = placed.Lowered.Graph.Initializers.ToDictionary(tensor => tensor.Name);
        _stored = sites.Stored.ToDictionary(site => site.Tensor);
        foreach (WeightSite site in sites.Weights)
            _axes[(site.Node, site.Input)] = site.Axis;
        foreach (DynamicSite site in sites.Dynamic)
            _axes[(site.Node, site.Input)] = site.Axis;
        foreach (ConstantSite site in sites.Constants)
            _axes[(site.Node, site.Input)] = null;
    }

    /// <summary>Of every node, in the order of the sites' nodes.</summary>
    public static IReadOnlyList<NodeCost> Of(PlacedModel placed, WorkCount work)
    {
        PlacedCosts costs = new(placed);
        Dictionary<string, Node> nodes = placed.Lowered.Graph.EveryNode.ToDictionary(node => node.Name);
        return [.. placed.Sites.Nodes.Select(node => costs.Of(nodes[node.Node], work[node.Node]))];
    }

    private NodeCost Of(Node node, long? macs)
    {
        long now = 0,
            then = 0;
        for (int input = 0; input < node.Inputs.Count; input++)
        {
            if (!_constants.TryGetValue(node.Inputs[input], out Tensor? constant) || constant.Type != ElementType.Float)
                continue;
            now += constant.Data.Length;
            then += BytesOf(node.Name, input, constant);
        }
        return now == 0 ? new NodeCost(node.Name, macs, null, null) : new NodeCost(node.Name, macs, now, then);
    }

    /// <summary>A bias becomes int32, which takes as much as float.</summary>
    private long BytesOf(string node, int input, Tensor constant) =>
        _axes.TryGetValue((node, input), out int? axis) ? InBytes(constant, axis)
        : _stored.TryGetValue(constant.Name, out StoredSite? site) ? Stored(constant, site)
        : constant.Data.Length;

    private static long Stored(Tensor constant, StoredSite site)
    {
        if (site.Blocks is null)
            return InBytes(constant, site.Axis);
        long blocks = (constant.ElementCount + Blocks.Size - 1) / Blocks.Size;
        return ElementSizes.BytesOf(ElementType.UInt4, constant.ElementCount + blocks) + (blocks * sizeof(float));
    }

    private static long InBytes(Tensor constant, int? axis) =>
        constant.ElementCount + (BytesPerScale * (axis is { } along ? constant.Dimensions[along] : 1));
}
