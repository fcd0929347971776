using Quantizer.Graphs;

namespace Quantizer.Normalization.Unfusing;

/// <summary>
/// Operators of the domain com.microsoft, as files hold them that ONNX Runtime saved, become the standard operators that they join:
/// those have integer kernels, and ONNX Runtime joins again what stays in float.
/// 1. A node keeps its output's name; the first of the new nodes gets its name.
/// 2. Kept: forms without an exact equal, other types than float, and operators that are not in the table.
/// </summary>
internal static class FusedOperators
{
    private const string Domain = "com.microsoft";

    private static readonly FusedRule[] Table =
    [
        new("FusedConv", FusedLayers.Conv),
        new("FusedGemm", FusedLayers.Gemm),
        new("FusedMatMul", FusedLayers.MatMul),
        new("TransposeMatMul", FusedLayers.MatMul),
        new("GemmFastGelu", FusedLayers.GemmFastGelu),
        new("BiasGelu", FusedActivations.Gelu),
        new("Gelu", FusedActivations.Gelu),
        new("FastGelu", FusedActivations.FastGelu),
        new("QuickGelu", FusedActivations.QuickGelu),
        new("Attention", FusedAttention.TakeApart),
        new("EmbedLayerNormalization", FusedEmbeddings.TakeApart),
        new("SkipLayerNormalization", FusedNormalizations.SkipLayer),
        new("SkipSimplifiedLayerNormalization", FusedNormalizations.SkipRootMeanSquare),
    ];

    public static bool Apply(GraphEdit edit)
    {
        SortedDictionary<string, int> apart = new(StringComparer.Ordinal);
        edit.Sweep(node =>
        {
            if (node.Domain != Domain || edit.SignatureOf(node.Outputs[0])?.Type != ElementType.Float)
                return false;
            if (Array.Find(Table, row => row.OpType == node.OpType) is not { } row)
                return false;
            Replacement replacement = new(node, edit);
            if (row.TakeApart(node, replacement, edit) is not { } result)
                return false;
            replacement.Finish(result);
            apart[node.OpType] = apart.GetValueOrDefault(node.OpType) + 1;
            return true;
        });
        if (apart.Count > 0)
            edit.Note($"took apart {string.Join(", ", apart.Select(count => $"{count.Value} {count.Key}"))}");
        return apart.Count > 0;
    }
}
