using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Schemes;

namespace Quantizer.Targets.OnnxRuntimeCpu.Kernels;

/// <summary>Finds weights that do not fit beside each other in sums of 16 bits, whoever wrote them.</summary>
internal static class CutSums
{
    /// <param name="optimized">What ONNX Runtime runs, on a processor that has such sums.</param>
    /// <param name="written">What it was made from: most of its weights lie in memory there, and would be read once more here.</param>
    public static IEnumerable<Finding> In(Graph optimized, Graph written)
    {
        Dictionary<string, Tensor> constants = [];
        foreach (Tensor tensor in optimized.Initializers.Concat(written.Initializers))
        {
            if (tensor is { Type: ElementType.Int8, Dimensions.Count: > 1 })
                constants[tensor.Name] = tensor;
        }
        Node[] multiplying = [.. optimized.Nodes.Where(node => IntegerKernels.Multiplies(node.OpType))],
            cut = [.. multiplying.Where(node => WeightsOf(node).Any(weights => AreCut(node, weights)))];
        return cut.Length == 0
            ? []
            :
            [
                FindingKind.CutSums.Of(
                    cut[0].Name,
                    $"In {cut.Length} of {multiplying.Length} layers on integers two products together may come to more than 16 bits, which is all "
                        + "that this processor, without VNNI, has for them: what is more is cut off.",
                    "Quantize on a processor of this kind, or for --target ort-any-cpu."
                ),
            ];

        IEnumerable<Tensor> WeightsOf(Node node) => node.Inputs.Select(input => constants.GetValueOrDefault(input)).OfType<Tensor>();
    }

    private static bool AreCut(Node node, Tensor weights)
    {
        if (PairSums.Of(node, weights.Dimensions) is not { } pairs)
            return false;
        bool isOutputFirst = node.OpType.EndsWith("Conv", StringComparison.Ordinal) || PairSums.HasTurnedWeights(node);
        int axis = isOutputFirst ? 0 : weights.Dimensions.Count - 1,
            channels = (int)weights.Dimensions[axis],
            inner = (int)weights.Dimensions.Skip(axis + 1).Aggregate(1L, (product, size) => product * size);
        ReadOnlySpan<sbyte> values = weights.Values<sbyte>();
        foreach ((int first, int second) in pairs.InTensor(values.Length, channels, inner))
        {
            for (int start = 0; start < channels * inner; start += inner)
            {
                if (Math.Abs(values[first + start] + values[second + start]) > ProductPairs.LargestSum)
                    return true;
            }
        }
        return false;
    }
}
