using Quantizer.Graphs;

namespace Quantizer.Placement;

/// <summary>Finds the nodes left in float that ONNX Runtime would quantize by itself.</summary>
internal static class FenceFinder
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
        HashSet<string> quantized = QuantizationReach.Of(graph, target, activations.Keys);
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

    private static int? ChannelsOf(string tensor, IReadOnlyDictionary<string, TensorSignature> tensors) =>
        tensors.TryGetValue(tensor, out TensorSignature? signature) && signature.Shape is { Count: > ChannelAxis } shape && shape[ChannelAxis].Size is { } size
            ? (int)size : null;
}
