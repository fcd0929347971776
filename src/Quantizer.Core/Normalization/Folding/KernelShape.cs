using Quantizer.Graphs;

namespace Quantizer.Normalization.Folding;

/// <summary>The spatial size of a Conv's or pool's window.</summary>
internal static class KernelShape
{
    /// <summary>The attribute, which a Conv may leave to its weights; null when both are unknown.</summary>
    public static IReadOnlyList<long>? Of(Node node, GraphEdit edit)
    {
        if (node.IntsAttribute("kernel_shape") is { } attribute)
            return attribute;
        if (node.OpType != "Conv" || edit.SignatureOf(node.Inputs[1])?.Shape is not { Count: > 2 } weights)
            return null;
        return weights.Skip(2).All(dimension => dimension.Size is not null)
            ? [.. weights.Skip(2).Select(dimension => dimension.Size!.Value)]
            : null;
    }
}
