using System.Collections.Frozen;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.Normalization;

/// <summary>Recognizes models that are quantized already, by operators that read or make integers for floats.</summary>
internal static class QuantizedOperators
{
    private static readonly FrozenSet<string> Standard = FrozenSet.ToFrozenSet([
        "QuantizeLinear",
        "DequantizeLinear",
        "DynamicQuantizeLinear",
        "QLinearConv",
        "QLinearMatMul",
        "ConvInteger",
        "MatMulInteger",
    ]);

    private const string MicrosoftDomain = "com.microsoft";

    /// <summary>Operators of <see cref="MicrosoftDomain"/> whose names do not begin with QLinear or QOrdered.</summary>
    private static readonly FrozenSet<string> Microsoft = FrozenSet.ToFrozenSet([
        "QuantizeLinear",
        "DequantizeLinear",
        "DynamicQuantizeLSTM",
        "DynamicQuantizeMatMul",
        "GatherBlockQuantized",
        "MatMulBnb4",
        "MatMulFpQ4",
        "MatMulInteger16",
        "MatMulIntegerToFloat",
        "MatMulNBits",
        "MulInteger",
        "QAttention",
        "QEmbedLayerNormalization",
        "QGemm",
        "QMoE",
    ]);

    /// <summary>Operators named in a message at most.</summary>
    private const int MostNamed = 6;

    /// <summary>How many of each type the model holds, subgraphs and functions included, the most frequent first; empty for a float
    /// model.</summary>
    public static IReadOnlyList<KeyValuePair<string, int>> CountsIn(OnnxModel model) =>
        [
            .. OperatorsOf(model.Graph)
                .Concat(FunctionOperators.Of(model))
                .Where(found => IsQuantized(found.Domain, found.OpType))
                .CountBy(found => found.OpType)
                .OrderByDescending(count => count.Value)
                .ThenBy(count => count.Key, StringComparer.Ordinal),
        ];

    /// <summary>12 MatMulInteger, 12 DynamicQuantizeLinear and 3 DynamicQuantizeLSTM</summary>
    public static string Describe(IReadOnlyList<KeyValuePair<string, int>> counts)
    {
        List<string> parts = [.. counts.Take(MostNamed).Select(count => $"{count.Value} {count.Key}")];
        if (counts.Count > MostNamed)
            parts.Add($"{counts.Skip(MostNamed).Sum(count => count.Value)} others");
        return parts is [.. var first, var last] && first.Count > 0 ? $"{string.Join(", ", first)} and {last}" : string.Join("", parts);
    }

    /// <exception cref="QuantizationException">The model is quantized.</exception>
    public static void Refuse(OnnxModel model)
    {
        if (CountsIn(model) is { Count: > 0 } counts)
        {
            throw new QuantizationException(
                $"The model is quantized already: it holds {Describe(counts)}. Give the FP32 model it was made from."
            );
        }
    }

    private static IEnumerable<(string Domain, string OpType)> OperatorsOf(Graph graph) =>
        graph.Nodes.SelectMany(node => node.Subgraphs.SelectMany(OperatorsOf).Prepend((node.Domain, node.OpType)));

    private static bool IsQuantized(string domain, string opType) =>
        domain switch
        {
            "" => Standard.Contains(opType),
            MicrosoftDomain => Microsoft.Contains(opType)
                || opType.StartsWith("QLinear", StringComparison.Ordinal)
                || opType.StartsWith("QOrdered", StringComparison.Ordinal),
            _ => false,
        };
}
