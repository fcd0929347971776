using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.Placement;

/// <summary>Finds the nodes left in float that ONNX Runtime would quantize by itself.</summary>
internal static class FloatFences
{
    private static readonly string[] Weighted = ["Conv", "ConvTranspose", "Gemm", "MatMul"];

    /// <summary>
    /// Operators that ONNX Runtime runs on integers as soon as they stand between DequantizeLinear and QuantizeLinear: those it
    /// has integer kernels for, and those whose float weights it quantizes itself.
    /// </summary>
    private static readonly HashSet<string> Greedy =
    [
        .. Weighted, "Add", "Mul", "Concat", "Where", "Sigmoid", "LeakyRelu", "Softmax", "AveragePool", "GlobalAveragePool",
    ];

    /// <summary>The fence's vector lies along the axis of channels.</summary>
    private const int ChannelAxis = 1;

    public static IReadOnlyList<FloatFence> Find(
        Graph graph, IReadOnlyDictionary<string, TensorSignature> tensors, TargetProfile target,
        IReadOnlyDictionary<string, ActivationSite> activations, NodeDecisions decisions)
    {
        HashSet<string> quantized = ReachQuantization(graph, target, activations);
        List<FloatFence> fences = [];
        foreach (Node node in graph.Nodes)
        {
            if (decisions.IsInteger(node) || node.Domain.Length > 0 || !Greedy.Contains(node.OpType) || !node.Outputs.Any(quantized.Contains)) continue;
            for (int input = 0; input < node.Inputs.Count; input++)
            {
                string tensor = node.Inputs[input];
                if (!activations.TryGetValue(tensor, out ActivationSite? site) || !site.ForAllReaders) continue;
                fences.Add(new FloatFence(node.Name, input, tensor, Weighted.Contains(node.OpType) ? ChannelsOf(tensor, tensors) : null));
            }
        }
        return fences;
    }

    /// <summary>Tensors that a QuantizeLinear reads, or may be moved to: ONNX Runtime pulls it through clamps and operators that only move values.</summary>
    private static HashSet<string> ReachQuantization(
        Graph graph, TargetProfile target, IReadOnlyDictionary<string, ActivationSite> activations)
    {
        HashSet<string> reach = [.. activations.Keys];
        foreach (Node node in Enumerable.Reverse(graph.Nodes))
            if (target.RuleOf(node)?.Role is OperatorRole.Clamping or OperatorRole.Moving && node.Outputs.Any(reach.Contains)) reach.Add(node.Inputs[0]);
        return reach;
    }

    private static int? ChannelsOf(string tensor, IReadOnlyDictionary<string, TensorSignature> tensors) =>
        tensors.TryGetValue(tensor, out TensorSignature? signature) && signature.Shape is { Count: > ChannelAxis } shape && shape[ChannelAxis].Size is { } size
            ? (int)size : null;
}
