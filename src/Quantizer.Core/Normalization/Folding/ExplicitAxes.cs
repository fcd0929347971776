using Quantizer.Graphs;

namespace Quantizer.Normalization.Folding;

/// <summary>
/// Pad and Resize that name some axes (opset 18 or newer) are written for all axes: ONNX Runtime's change of layout takes the
/// short form for the long one.
/// 1. Constant pads get zeros for the other axes.
/// 2. Constant scales get ones, constant sizes the input's own, where these are known.
/// 3. Kept where the rank or a needed size is unknown, with a region of interest, which has a short form of its own, and where an
///    aspect ratio is kept, which is taken over the named axes only.
/// </summary>
internal static class ExplicitAxes
{
    private const int PadsInput = 1,
        PadAxesInput = 3,
        ScalesInput = 2,
        SizesInput = 3;

    public static bool Apply(GraphEdit edit)
    {
        int converted = 0;
        edit.Sweep(node =>
        {
            bool changes = (node.Is("Pad") && WritePads(node, edit)) || (node.Is("Resize") && WriteResize(node, edit));
            if (changes)
                converted++;
            return changes;
        });
        if (converted > 0)
            edit.Note($"the axes of {converted} nodes were written out");
        return converted > 0;
    }

    private static bool WritePads(Node node, GraphEdit edit)
    {
        if (!HasInput(node, PadAxesInput) || PadAmounts.Of(node, edit) is not { } pads)
            return false;
        node.Inputs[PadsInput] = edit.AddConstant(Tensor.FromInt64s($"{node.Outputs[0]}_pads", [pads.Length], pads));
        node.Inputs.RemoveAt(PadAxesInput);
        return true;
    }

    private static bool WriteResize(Node node, GraphEdit edit)
    {
        if (node.IntsAttribute("axes") is not { } axes || edit.SignatureOf(node.Inputs[0])?.Shape is not { } shape)
            return false;
        if (node.StringAttribute("coordinate_transformation_mode", "half_pixel") == "tf_crop_and_resize")
            return false;
        int[] named = [.. axes.Select(axis => (int)(axis < 0 ? axis + shape.Count : axis))];
        if (Constant(node, ScalesInput, edit) is { Type: ElementType.Float } scales)
        {
            float[] all = [.. Enumerable.Repeat(1f, shape.Count)];
            for (int i = 0; i < named.Length; i++)
                all[named[i]] = scales.Values<float>()[i];
            node.Inputs[ScalesInput] = edit.AddConstant(Tensor.FromFloats($"{node.Outputs[0]}_scales", [all.Length], all));
        }
        else if (
            Constant(node, SizesInput, edit)?.Int64s() is { } sizes
            && node.StringAttribute("keep_aspect_ratio_policy", "stretch") == "stretch"
        )
        {
            long?[] all = [.. shape.Select(axis => axis.Size)];
            for (int i = 0; i < named.Length; i++)
                all[named[i]] = sizes[i];
            if (all.Contains(null))
                return false;
            node.Inputs[SizesInput] = edit.AddConstant(
                Tensor.FromInt64s($"{node.Outputs[0]}_sizes", [all.Length], [.. all.OfType<long>()])
            );
        }
        else
        {
            return false;
        }
        node.RemoveAttribute("axes");
        return true;
    }

    private static bool HasInput(Node node, int input) => node.Inputs.Count > input && node.Inputs[input].Length > 0;

    private static Tensor? Constant(Node node, int input, GraphEdit edit) =>
        HasInput(node, input) ? edit.Index.ConstantOf(node.Inputs[input]) : null;
}
