using Quantizer.Equalization.Channels;
using Quantizer.Graphs;

namespace Quantizer.Equalization.Flows;

/// <summary>
/// How scales of channels can move through a network without changing what it computes: each tensor's channels have variables, which the
/// operators around them unite, lock, or take up in constants.
/// </summary>
internal sealed class ChannelFlow
{
    private readonly Dictionary<string, ChannelLayout> _layouts;

    private ChannelFlow(ChannelVariables variables, Dictionary<string, ChannelLayout> layouts, IReadOnlyList<Absorption> absorptions) =>
        (Variables, _layouts, Absorptions) = (variables, layouts, absorptions);

    public ChannelVariables Variables { get; }

    /// <summary>The constants that take scales up.</summary>
    public IReadOnlyList<Absorption> Absorptions { get; }

    /// <summary>The variables of a tensor that a node makes; null for every other.</summary>
    public ChannelLayout? LayoutOf(string tensor) => _layouts.GetValueOrDefault(tensor);

    /// <summary>Follows the channels from the graph's inputs, which are locked, to its outputs, which are too.</summary>
    /// <param name="shapes">Of tensors for one sample; null where they are not known.</param>
    public static ChannelFlow Of(Graph graph, Func<string, IReadOnlyList<long>?> shapes)
    {
        FlowScope scope = new(graph, shapes);
        foreach (Node node in graph.Nodes)
        {
            if (FlowTable.RuleOf(node) is { } rule && rule(scope, node))
                continue;
            // What is not known may do anything with the values.
            foreach (string read in GraphIndex.ReadBy(node))
                scope.Lock(read);
            foreach (string output in node.Outputs.Where(output => output.Length > 0))
                scope.SetLocked(output);
        }
        foreach (ValueInfo output in graph.Outputs)
            scope.Lock(output.Name);
        SharedScales.Unite(graph, scope);
        return new ChannelFlow(scope.Variables, scope.Layouts, scope.Absorptions);
    }
}
