using Quantizer.Graphs;

namespace Quantizer.Verification;

/// <summary>The weights of nodes in a quantized model.</summary>
internal static class IntegerWeights
{
    /// <summary>The tensor of a node's integer weights, whose name a runtime keeps; null where it has none.</summary>
    public static string? Of(Node node, GraphIndex index) =>
        // These were written with their weights as they are.
        node.OpType
            is "MatMulInteger"
                or "MatMulIntegerToFloat"
                or "DynamicQuantizeLSTM"
            ? node.Inputs[1]
        : node.Inputs.Count > 1 && index.ProducerOf(node.Inputs[1]) is { OpType: "DequantizeLinear" } dequantize ? dequantize.Inputs[0]
        : null;
}
