using Quantizer.Graphs;

namespace Quantizer.Targets.OnnxRuntimeCpu.Kernels;

/// <summary>Which tensors of an optimized graph hold quantized values. ONNX Runtime does not say it of those that it made itself, so it is
/// followed from operator to operator.</summary>
internal static class QuantizedTensors
{
    /// <summary>These read integers of 8 bits and give something else.</summary>
    private static readonly HashSet<string> Leaving = ["DequantizeLinear", "Cast", "Shape", "Size", "ArgMax", "ArgMin"];

    /// <summary>QGemm gives integers where it is told their zero point, its last input; float without it.</summary>
    private const int OutputZeroPointOfGemm = 8;

    /// <param name="optimized">Its nodes in an order in which they can run.</param>
    /// <returns>Activations; integers that the model is fed with, such as pictures of bytes, are not quantized values.</returns>
    public static HashSet<string> Of(Graph optimized)
    {
        HashSet<string> integers = [];
        foreach (Node node in optimized.EveryNode)
        {
            if (Quantizes(node) || (Moves(node) && integers.Contains(node.Inputs[0])))
                integers.UnionWith(node.Outputs.Where(output => output.Length > 0));
        }
        return integers;
    }

    private static bool Quantizes(Node node) =>
        node.OpType == "QGemm"
            ? node.Inputs.Count > OutputZeroPointOfGemm && node.Inputs[OutputZeroPointOfGemm].Length > 0
            : node.OpType is "QuantizeLinear" or "DynamicQuantizeLinear" || node.OpType.StartsWith("QLinear", StringComparison.Ordinal);

    private static bool Moves(Node node) =>
        node.Inputs.Count > 0 && !Leaving.Contains(node.OpType) && !IntegerKernels.Multiplies(node.OpType);
}
