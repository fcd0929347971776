using Quantizer.Graphs;

namespace Quantizer.Normalization.Folding;

/// <summary>
/// auto_pad of Conv, MaxPool, AveragePool and LpPool is written out as pads, so that later stages need not know of it.
/// 1. VALID becomes no pads.
/// 2. SAME_UPPER and SAME_LOWER become the pads ONNX prescribes, where every spatial size of the input is known: the output has
///    ceil(size / stride), the odd pad goes to the end (UPPER) or the begin (LOWER).
/// 3. Kept where a size is unknown, and with ceil_mode, where explicit pads could give one more output.
/// </summary>
internal static class ExplicitPads
{
    private const int SpatialStart = 2;

    public static bool Apply(GraphEdit edit)
    {
        int converted = 0;
        edit.Sweep(node =>
        {
            if (node.Domain.Length > 0 || node.OpType is not ("Conv" or "MaxPool" or "AveragePool" or "LpPool"))
                return false;
            if (node.Attribute("auto_pad") is null || node.IntAttribute("ceil_mode", 0) != 0)
                return false;
            string mode = node.StringAttribute("auto_pad", "");
            if (mode is "SAME_UPPER" or "SAME_LOWER")
            {
                if (SamePads(node, mode == "SAME_UPPER", edit) is not { } pads)
                    return false;
                node.Set(NodeAttribute.Of("pads", pads));
            }
            else if (mode == "VALID")
            {
                node.RemoveAttribute("pads");
            }
            else if (mode != "NOTSET")
            {
                return false;
            }
            node.RemoveAttribute("auto_pad");
            converted++;
            return true;
        });
        if (converted > 0)
            edit.Note($"auto_pad of {converted} nodes was written out");
        return converted > 0;
    }

    private static long[]? SamePads(Node node, bool oddAtEnd, GraphEdit edit)
    {
        if (edit.SignatureOf(node.Inputs[0])?.Shape is not { Count: > SpatialStart } shape)
            return null;
        if (KernelShape.Of(node, edit) is not { } kernel || kernel.Count != shape.Count - SpatialStart)
            return null;
        long[] pads = new long[2 * kernel.Count];
        for (int axis = 0; axis < kernel.Count; axis++)
        {
            if (shape[SpatialStart + axis].Size is not { } size)
                return null;
            long stride = node.IntsAttribute("strides")?[axis] ?? 1,
                dilation = node.IntsAttribute("dilations")?[axis] ?? 1;
            long outputs = (size + stride - 1) / stride;
            long total = Math.Max(0, (outputs - 1) * stride + (kernel[axis] - 1) * dilation + 1 - size);
            pads[axis] = oddAtEnd ? total / 2 : total - total / 2;
            pads[kernel.Count + axis] = total - pads[axis];
        }
        return pads;
    }
}
