using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>What a Pad of opset 13 or newer adds to each axis, where that is constant.</summary>
internal static class PadAmounts
{
    private const int PadsInput = 1;
    private const int ValueInput = 2;
    private const int AxesInput = 3;

    /// <summary>
    /// All begins, then all ends, over all axes; null when they are not constant, or when only some axes are named (from opset 18
    /// on) and the rank is unknown.
    /// </summary>
    public static long[]? Of(Node node, GraphEdit edit)
    {
        if (ConstantInput(node, PadsInput, edit) is not { Type: ElementType.Int64 } tensor)
            return null;
        long[] pads = [.. tensor.Values<long>()];
        if (!HasInput(node, AxesInput))
            return pads;
        if (ConstantInput(node, AxesInput, edit)?.Int64s() is not { } axes || edit.SignatureOf(node.Inputs[0])?.Shape is not { } shape)
            return null;
        long[] all = new long[2 * shape.Count];
        for (int i = 0; i < axes.Length; i++)
        {
            long axis = axes[i] < 0 ? axes[i] + shape.Count : axes[i];
            all[axis] = pads[i];
            all[shape.Count + axis] = pads[axes.Length + i];
        }
        return all;
    }

    /// <summary>Whether the Pad fills with the constant zero.</summary>
    public static bool FillsWithZero(Node node, GraphEdit edit)
    {
        if (node.StringAttribute("mode", "constant") != "constant")
            return false;
        return !HasInput(node, ValueInput)
            || (ConstantInput(node, ValueInput, edit) is { } value && !value.Data.Span.ContainsAnyExcept((byte)0));
    }

    private static bool HasInput(Node node, int input) => node.Inputs.Count > input && node.Inputs[input].Length > 0;

    private static Tensor? ConstantInput(Node node, int input, GraphEdit edit) =>
        HasInput(node, input) ? edit.Index.ConstantOf(node.Inputs[input]) : null;
}
