using Quantizer.Equalization.Channels;
using Quantizer.Equalization.Flows;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Sites;

namespace Quantizer.Equalization.Modelling;

/// <summary>
/// The activations that a placement rounds, with the layers that read them. Of a tensor whose channels do not lie along one axis nothing
/// is known: it is left out.
/// </summary>
internal sealed class QuantizedReads
{
    private readonly Dictionary<string, List<LayerWeights>> _layers = [];
    private readonly Dictionary<string, ChannelLayout> _layouts = [];
    private readonly Dictionary<string, string> _sources = [];

    private QuantizedReads() { }

    /// <summary>By tensor, in the placement's order.</summary>
    public IReadOnlyDictionary<string, ChannelLayout> Layouts => _layouts;

    /// <summary>The layers that read a tensor as integers.</summary>
    public IReadOnlyList<LayerWeights> LayersOf(string tensor) => _layers.GetValueOrDefault(tensor) ?? [];

    /// <summary>The tensor whose range a tensor has; null where it is taken in each run.</summary>
    public string? SourceOf(string tensor) => _sources.GetValueOrDefault(tensor);

    public static QuantizedReads Of(PlacedModel placed, ChannelFlow flow)
    {
        QuantizedReads reads = new();
        Graph graph = placed.Lowered.Graph;
        GraphIndex index = new(graph);
        Dictionary<string, Node> nodes = graph.Nodes.ToDictionary(node => node.Name);
        QuantizationSites sites = placed.Sites;
        foreach (ActivationSite site in sites.Activations)
            reads._sources[site.Tensor] = site.Source;
        IEnumerable<string> readers = sites.Weights.Select(site => site.Node).Concat(sites.Dynamic.Select(site => site.Node)).Distinct();
        foreach (string reader in readers)
        {
            // Channels are not followed into bodies.
            if (
                nodes.TryGetValue(reader, out Node? node)
                && LayerWeights.Of(node, index) is { } layer
                && reads.Take(layer.Node.Inputs[0], flow, layer.Inputs)
            )
            {
                reads.Add(layer);
            }
        }

        foreach (string source in sites.Observed)
            reads.Take(source, flow, channels: null);
        return reads;
    }

    private void Add(LayerWeights layer)
    {
        string tensor = layer.Node.Inputs[0];
        if (!_layers.TryGetValue(tensor, out List<LayerWeights>? layers))
            _layers[tensor] = layers = [];
        layers.Add(layer);
    }

    /// <param name="channels">How many the reader has; null: it does not matter.</param>
    private bool Take(string tensor, ChannelFlow flow, int? channels)
    {
        if (flow.LayoutOf(tensor) is not { } layout || (layout.Axis is null && !layout.IsUniform))
            return false;
        if (channels is { } wanted && !layout.IsUniform && layout.Variables.Count != wanted)
            return false;
        _layouts[tensor] = layout;
        return true;
    }
}
