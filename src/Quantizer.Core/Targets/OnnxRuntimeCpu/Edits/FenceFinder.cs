using Quantizer.Graphs;
using Quantizer.Placement.Contract;
using Quantizer.Placement.Sites;

namespace Quantizer.Targets.OnnxRuntimeCpu.Edits;

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
        .. Weighted,
        "Add",
        "Mul",
        "Concat",
        "Where",
        "Sigmoid",
        "LeakyRelu",
        "Softmax",
        "AveragePool",
        "GlobalAveragePool",
    ];

    /// <param name="reach">What <see cref="QuantizationReach"/> gives.</param>
    public static IEnumerable<FloatFence> Find(PlacedGraph placed, HashSet<string> reach)
    {
        foreach (Node node in placed.Graph.Nodes)
        {
            if (placed.IsInteger(node) || node.Domain.Length > 0 || !Greedy.Contains(node.OpType) || !node.Outputs.Any(reach.Contains))
                continue;
            for (int input = 0; input < node.Inputs.Count; input++)
            {
                string tensor = node.Inputs[input];
                if (!placed.Activations.TryGetValue(tensor, out ActivationSite? site) || !site.ForAllReaders)
                    continue;
                yield return new FloatFence(
                    node.Name,
                    input,
                    tensor,
                    Weighted.Contains(node.OpType) ? ChannelsOf(tensor, placed.Tensors) : null
                );
            }
        }
    }

    private static int? ChannelsOf(string tensor, IReadOnlyDictionary<string, TensorSignature> tensors) =>
        tensors.TryGetValue(tensor, out TensorSignature? signature)
        && signature.Shape is { Count: > FloatFence.ChannelAxis } shape
        && shape[FloatFence.ChannelAxis].Size is { } size
            ? (int)size
            : null;
}
