using Quantizer.Graphs;
using Quantizer.Placement.Contract;

namespace Quantizer.Targets.OnnxRuntimeCpu.Edits;

/// <summary>How far back ONNX Runtime moves a QuantizeLinear.</summary>
internal static class QuantizationReach
{
    /// <summary>Tensors that a QuantizeLinear reads, or may be moved to: through clamps and operators that only move values.</summary>
    public static HashSet<string> Of(Graph graph, Target target, IEnumerable<string> quantized)
    {
        HashSet<string> reach = [.. quantized];
        foreach (Node node in Enumerable.Reverse(graph.Nodes))
        {
            if (target.RuleOf(node)?.Role is OperatorRole.Clamping or OperatorRole.Moving && node.Outputs.Any(reach.Contains))
                reach.Add(node.Inputs[0]);
        }

        return reach;
    }
}
