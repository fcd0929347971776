using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Placement.Contract;

namespace Quantizer.Pipeline.Reports;

/// <summary>Operators of a runtime's own in the written file: other runtimes cannot open it.</summary>
internal static class OwnOperatorFindings
{
    /// <summary>A note for each that the user's file does not hold itself.</summary>
    public static IEnumerable<Finding> Of(OnnxModel source, OnnxModel written, Target target)
    {
        HashSet<(string, string)> known = [.. source.Graph.EveryNode.Select(node => (node.Domain, node.OpType))];
        return written
            .Graph.EveryNode.Where(node => target.OwnOperators.ContainsKey(node.OpType) && node.Domain.Length > 0)
            .GroupBy(node => (node.Domain, node.OpType))
            .Where(nodes => !known.Contains(nodes.Key))
            .OrderBy(nodes => nodes.Key.OpType, StringComparer.Ordinal)
            .Select(nodes =>
                FindingKind.OwnOperators.Of(
                    "operators",
                    $"{nodes.Count()} {nodes.Key.OpType} of {nodes.Key.Domain}, which only {target.Runtime} knows: "
                        + $"{target.OwnOperators[nodes.Key.OpType]}.",
                    "Keep to standard operators with --standard-only."
                )
            );
    }
}
