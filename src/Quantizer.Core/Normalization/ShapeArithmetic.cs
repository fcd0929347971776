using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>
/// Follows sizes through Shape, Size, Gather, Slice, Squeeze, Unsqueeze, Concat, Cast, Identity and arithmetic.
/// 1. A node whose int64 result is known in every element becomes an initializer.
/// 2. The computed target of a Reshape becomes a constant if each element that is not known is the size of the same axis of the
///    data (then it is 0, "as it is") or the only one that is not (then it is -1, "the rest"). Exporters write x.view(x.size(0), -1) so.
/// 3. Kept: graph outputs, and a Reshape with allowzero.
/// </summary>
internal static class ShapeArithmetic
{
    public static bool Apply(GraphEdit edit)
    {
        if (!edit.Graph.Nodes.Exists(node => node.OpType is "Shape" or "Size"))
            return false;
        ShapeEvaluation values = new(edit);
        HashSet<Node> known = [];
        foreach (Node node in edit.Graph.Nodes)
        {
            edit.Current = node;
            if (
                values.Follow(node) is not { } value
                || !value.Elements.All(element => element.Size is not null)
                || edit.Index.IsOutput(node.Outputs[0])
            )
            {
                continue;
            }

            edit.Graph.Initializers.Add(value.ToTensor(node.Outputs[0]));
            known.Add(node);
        }
        if (known.Count > 0)
            edit.RemoveAll(known);
        int reshapes = edit.Graph.Nodes.Count(node => node.Is("Reshape") && MakeConstant(node, values, edit));
        if (known.Count + reshapes == 0)
            return false;
        edit.Note($"{known.Count} computed sizes are constants now, as are the targets of {reshapes} Reshapes");
        return true;
    }

    private static bool MakeConstant(Node reshape, ShapeEvaluation values, GraphEdit edit)
    {
        string data = reshape.Inputs[0],
            target = reshape.Inputs[1];
        if (reshape.IntAttribute("allowzero", 0) != 0 || edit.Index.ConstantOf(target) is not null || values.Of(target) is not { } value)
            return false;
        IReadOnlyList<Dimension> shape = values.ShapeOf(data) ?? [];
        bool restTaken = value.Elements.Any(element => element.Size == -1);
        long[] sizes = new long[value.Elements.Count];
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            ShapeElement element = value.Elements[axis];
            // A zero that was computed means an empty axis where Reshape could only read "as it is".
            if (element is { Size: 0, Tensor: not null })
                return false;
            if (element.Size is { } size)
                sizes[axis] = size;
            else if (axis < shape.Count ? element.IsSizeOf(data, axis, shape[axis]) : element.IsSizeOf(data, axis, Dimension.Unknown))
                sizes[axis] = 0;
            else if (restTaken)
                return false;
            else
                (sizes[axis], restTaken) = (-1, true);
        }
        reshape.Inputs[1] = edit.AddConstant(Tensor.FromInt64s($"{reshape.Outputs[0]}_shape", [sizes.Length], sizes));
        edit.Edited(reshape);
        return true;
    }
}
