using Quantizer.Graphs;

namespace Quantizer.Normalization.Folding;

/// <summary>
/// A Pad with zeros in front of a Conv or pool becomes part of that node's own padding. The Pad adds constant amounts, none
/// negative, along spatial axes only; the node alone reads it; it is no graph output; the node pads explicitly or not at all.
/// 1. Conv pads with zeros itself.
/// 2. AveragePool that does not pad itself, or counts its pads: it counts them (count_include_pad).
/// 3. MaxPool pads with minus infinity: the same where no element is below zero, which is known behind Relu, Sigmoid and Clip.
/// 4. A pool's pads stay below its window's size, as ONNX Runtime demands; then every window has an element of the data.
/// 5. Not into pools with ceil_mode, which drops windows that begin in the pads, or with dilations.
/// </summary>
internal static class PadFolding
{
    /// <summary>Batch and channel come before the spatial axes.</summary>
    private const int SpatialStart = 2;

    public static bool Apply(GraphEdit edit)
    {
        SortedDictionary<string, int> folded = new(StringComparer.Ordinal);
        edit.Sweep(node =>
        {
            if (node.Domain.Length > 0 || node.OpType is not ("Conv" or "AveragePool" or "MaxPool"))
                return false;
            if (FoldablePad(node, edit) is not { } pad || PadAmounts.Of(pad, edit) is not { } amounts || Sum(amounts, node) is not { } pads)
                return false;
            if (node.OpType != "Conv" && !PoolAllows(node, pads, pad, edit))
                return false;
            node.RemoveAttribute("auto_pad");
            node.Set(NodeAttribute.Of("pads", pads));
            if (node.OpType == "AveragePool")
                node.Set(NodeAttribute.Of("count_include_pad", 1));
            node.Inputs[0] = pad.Inputs[0];
            edit.Origins.Merge(node, pad);
            edit.Remove(pad);
            folded[node.OpType] = folded.GetValueOrDefault(node.OpType) + 1;
            return true;
        });
        if (folded.Count > 0)
            edit.Note($"folded {string.Join(", ", folded.Select(count => $"{count.Value} Pad into {count.Key}"))}");
        return folded.Count > 0;
    }

    private static Node? FoldablePad(Node node, GraphEdit edit)
    {
        string padded = node.Inputs[0];
        if (edit.Index.ProducerOf(padded) is not { } pad || !pad.Is("Pad") || !PadAmounts.FillsWithZero(pad, edit))
            return null;
        return edit.Index.IsOutput(padded) || edit.Index.ReadersOf(padded).Count != 1 || node.Inputs.LastIndexOf(padded) != 0 ? null : pad;
    }

    /// <summary>The node's pads with the Pad's added; null when they cannot be added.</summary>
    private static long[]? Sum(long[] amounts, Node node)
    {
        int rank = amounts.Length / 2,
            spatial = rank - SpatialStart;
        if (spatial < 1 || node.StringAttribute("auto_pad", "NOTSET") is not ("NOTSET" or "VALID"))
            return null;
        if (amounts.Any(amount => amount < 0) || amounts[0] + amounts[1] + amounts[rank] + amounts[rank + 1] != 0)
            return null;
        long[] pads = node.IntsAttribute("pads") is { } own ? [.. own] : new long[2 * spatial];
        if (pads.Length != 2 * spatial)
            return null;
        for (int axis = 0; axis < spatial; axis++)
        {
            pads[axis] += amounts[SpatialStart + axis];
            pads[spatial + axis] += amounts[rank + SpatialStart + axis];
        }
        return pads;
    }

    private static bool PoolAllows(Node pool, long[] pads, Node pad, GraphEdit edit)
    {
        if (pool.IntsAttribute("kernel_shape") is not { } kernel || 2 * kernel.Count != pads.Length)
            return false;
        if (pads.Where((amount, i) => amount >= kernel[i % kernel.Count]).Any())
            return false;
        if (pool.IntAttribute("ceil_mode", 0) != 0 || pool.IntsAttribute("dilations")?.Any(dilation => dilation != 1) == true)
            return false;
        if (pool.OpType == "MaxPool")
            return pool.Outputs.Count == 1 && edit.Index.ProducerOf(pad.Inputs[0]) is { } producer && IsNeverNegative(producer, edit);
        bool padsItself = pool.IntsAttribute("pads")?.Any(amount => amount != 0) == true;
        return !padsItself || pool.IntAttribute("count_include_pad", 0) != 0;
    }

    private static bool IsNeverNegative(Node node, GraphEdit edit) =>
        (node.Domain, node.OpType) switch
        {
            ("", "Relu" or "Sigmoid") => true,
            ("", "Clip") => node.Inputs.Count > 1
                && edit.Index.ConstantOf(node.Inputs[1]) is { Type: ElementType.Float } least
                && least.Values<float>() is [>= 0],
            _ => false,
        };
}
