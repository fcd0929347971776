using Quantizer.Graphs;
using Quantizer.Patterns;

namespace Quantizer.Placement;

/// <summary>
/// Values that are multiplied by a squashed copy of themselves or of their mean. Networks of small convolutions full of them run no faster
/// on integers, because all of it is computed in float between two conversions.
/// </summary>
internal static class Gates
{
    private static readonly GraphPattern[] Spelled = [KnownPatterns.HardSwish, KnownPatterns.Silu];

    public static bool AreIn(Graph graph)
    {
        GraphIndex index = new(graph);
        return graph.Nodes.Exists(node => IsGate(node, index));
    }

    private static bool IsGate(Node node, GraphIndex index) =>
        node.Is("HardSwish")
        || node.OpType == "QuickGelu"
        || ((node.Is("HardSigmoid") || node.Is("Sigmoid")) && index.ReadersOf(node.Outputs[0]).Any(reader => reader.Is("Mul")))
        || Spelled.Any(pattern => pattern.Match(node, index) is not null);
}
