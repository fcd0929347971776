using Quantizer.Graphs;
using Quantizer.Placement.Contract;

namespace Quantizer.Placement;

/// <summary>
/// Normalizations, attentions and GELUs, which stay in float as a whole: where they stand between linear layers, as in transformers,
/// integers do not pass from layer to layer anyhow.
/// </summary>
internal static class KeptWhole
{
    private static readonly HashSet<string> Operators = ["LayerNormalization", "RMSNormalization", "Gelu", "FastGelu", "Attention"];

    public static bool IsIn(Graph graph, Target target)
    {
        GraphIndex index = new(graph);
        PatternRule[] rules = [.. target.Patterns.Where(rule => rule.Use == PatternUse.KeepWhole)];
        return graph.Nodes.Exists(node =>
            Operators.Contains(node.OpType) || rules.Any(rule => rule.Pattern.Match(node, index) is not null)
        );
    }
}
