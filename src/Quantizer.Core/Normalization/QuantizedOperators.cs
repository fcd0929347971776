using System.Collections.Frozen;
using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>Recognizes models that are quantized already, by operators that read or make integers for floats.</summary>
internal static class QuantizedOperators
{
    private static readonly FrozenSet<string> Standard = FrozenSet.ToFrozenSet(
    [
        "QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear", "QLinearConv", "QLinearMatMul", "ConvInteger", "MatMulInteger",
    ]);

    private const string MicrosoftDomain = "com.microsoft";

    /// <summary>Operators of <see cref="MicrosoftDomain"/> whose names do not begin with QLinear or QOrdered.</summary>
    private static readonly FrozenSet<string> Microsoft = FrozenSet.ToFrozenSet(
    [
        "QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLSTM", "DynamicQuantizeMatMul", "GatherBlockQuantized", "MatMulBnb4", "MatMulFpQ4",
        "MatMulInteger16", "MatMulIntegerToFloat", "MatMulNBits", "MulInteger", "QAttention", "QEmbedLayerNormalization", "QGemm", "QMoE",
    ]);

    /// <summary>The first such node in graph order, subgraphs included; null when there is none.</summary>
    public static Node? FirstIn(Graph graph)
    {
        foreach (Node node in graph.Nodes)
        {
            if (IsQuantized(node)) return node;
            foreach (Graph subgraph in node.Subgraphs)
                if (FirstIn(subgraph) is { } inner) return inner;
        }
        return null;
    }

    /// <exception cref="QuantizationException">The model is quantized.</exception>
    public static void Refuse(OnnxModel model)
    {
        if (FirstIn(model.Graph) is not { } node) return;
        string name = node.Name.Length > 0 ? $"node '{node.Name}'" : $"the node that makes '{node.Outputs.FirstOrDefault()}'";
        throw new QuantizationException($"The model is quantized already: {name} is a {node.OpType}. Give the FP32 model it was made from.");
    }

    private static bool IsQuantized(Node node) => node.Domain switch
    {
        "" => Standard.Contains(node.OpType),
        MicrosoftDomain => Microsoft.Contains(node.OpType)
            || node.OpType.StartsWith("QLinear", StringComparison.Ordinal) || node.OpType.StartsWith("QOrdered", StringComparison.Ordinal),
        _ => false,
    };
}
