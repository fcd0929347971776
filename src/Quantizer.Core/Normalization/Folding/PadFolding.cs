using Quantizer.Graphs;

namespace Quantizer.Normalization.Folding;

/// <summary>
/// A Pad with zeros in front of a Conv becomes part of the Conv's own padding.
/// 1. Only along the spatial axes, with constant amounts that are not negative, read by that Conv alone, and no graph output.
/// 2. The Conv pads explicitly or not at all; SAME pads of a known size were made explicit before.
/// 3. Not into pools: MaxPool pads with minus infinity, and AveragePool does not count its own pads.
/// </summary>
internal static class PadFolding
{
    /// <summary>Batch and channel come before the spatial axes.</summary>
    private const int SpatialStart = 2;

    public static bool Apply(GraphEdit edit)
    {
        int folded = 0;
        edit.Sweep(node =>
        {
            if (!node.Is("Conv") || edit.Index.ProducerOf(node.Inputs[0]) is not { } pad || !pad.Is("Pad") || !PadAmounts.FillsWithZero(pad, edit)) return false;
            if (edit.Index.IsOutput(pad.Outputs[0]) || edit.Index.ReadersOf(pad.Outputs[0]).Count != 1 || node.Inputs.LastIndexOf(pad.Outputs[0]) != 0) return false;
            if (PadAmounts.Of(pad, edit) is not { } amounts || Sum(amounts, node) is not { } pads) return false;
            node.RemoveAttribute("auto_pad");
            node.Set(NodeAttribute.Of("pads", pads));
            node.Inputs[0] = pad.Inputs[0];
            edit.Origins.Merge(node, pad);
            edit.Remove(pad);
            folded++;
            return true;
        });
        if (folded > 0) edit.Note($"folded {folded} Pad into Conv");
        return folded > 0;
    }

    /// <summary>The Conv's pads with the Pad's added; null when they cannot be added.</summary>
    private static long[]? Sum(long[] amounts, Node conv)
    {
        int rank = amounts.Length / 2, spatial = rank - SpatialStart;
        if (spatial < 1 || conv.StringAttribute("auto_pad", "NOTSET") is not ("NOTSET" or "VALID")) return null;
        if (amounts.Any(amount => amount < 0) || amounts[0] + amounts[1] + amounts[rank] + amounts[rank + 1] != 0) return null;
        long[] pads = conv.IntsAttribute("pads") is { } own ? [.. own] : new long[2 * spatial];
        if (pads.Length != 2 * spatial) return null;
        for (int axis = 0; axis < spatial; axis++)
        {
            pads[axis] += amounts[SpatialStart + axis];
            pads[spatial + axis] += amounts[rank + SpatialStart + axis];
        }
        return pads;
    }
}
