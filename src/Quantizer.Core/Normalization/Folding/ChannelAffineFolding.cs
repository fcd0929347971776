using Quantizer.Graphs;

namespace Quantizer.Normalization.Folding;

/// <summary>
/// What follows a linear layer and only scales and shifts its output channels is folded into the layer's weights and bias.
/// 1. BatchNormalization in inference behind Conv, ConvTranspose, Gemm, or MatMul of two matrices.
/// 2. Mul, Add, Sub, Div by a constant that is a scalar or one value per channel, behind the same. MatMul + bias becomes Gemm.
/// 3. The layer keeps its node name and makes the folded node's output; weights that others read too are cloned.
/// 4. Kept: where somebody else reads the layer's output or it is a graph output, where parameters are no float constants, and
///    where the result would not be finite.
/// </summary>
internal static class ChannelAffineFolding
{
    public static bool ApplyToBatchNormalization(GraphEdit edit) => Apply(edit, node => node.Is("BatchNormalization"));

    public static bool ApplyToConstantArithmetic(GraphEdit edit) =>
        Apply(edit, node => node.Domain.Length == 0 && node.OpType is "Mul" or "Add" or "Sub" or "Div");

    private static bool Apply(GraphEdit edit, Func<Node, bool> isCandidate)
    {
        SortedDictionary<string, int> folded = new(StringComparer.Ordinal);
        edit.Sweep(node =>
        {
            if (!isCandidate(node) || LayerBefore(node, edit) is not { } layer)
                return false;
            string data = layer.Node.Outputs[0];
            ChannelAffine? affine =
                node.OpType == "BatchNormalization"
                    ? ChannelAffine.OfBatchNormalization(node, edit.Index)
                    : ChannelAffine.OfBinary(node, data, layer.Channels, layer.Rank, edit.Index);
            string kind = $"{node.OpType} into {layer.Node.OpType}";
            if (affine is null || !layer.Absorb(affine, edit))
                return false;
            layer.Node.Outputs[0] = node.Outputs[0];
            edit.Origins.Merge(layer.Node, node);
            edit.Remove(node);
            edit.Edited(layer.Node);
            folded[kind] = folded.GetValueOrDefault(kind) + 1;
            return true;
        });
        if (folded.Count > 0)
            edit.Note($"folded {string.Join(", ", folded.Select(count => $"{count.Value} {count.Key}"))}");
        return folded.Count > 0;
    }

    /// <summary>The layer whose output only <paramref name="node"/> reads.</summary>
    private static LinearLayer? LayerBefore(Node node, GraphEdit edit)
    {
        foreach (string input in node.OpType == "BatchNormalization" ? node.Inputs.Take(1) : node.Inputs)
        {
            if (edit.Index.ProducerOf(input) is not { } producer || edit.Index.IsOutput(input) || edit.Index.ReadersOf(input).Count != 1)
                continue;
            if (LinearLayer.Of(producer, edit) is { } layer)
                return layer;
        }
        return null;
    }
}
