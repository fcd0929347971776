using Quantizer.Graphs;

namespace Quantizer.Normalization.Opsets;

/// <summary>
/// Softmax, LogSoftmax and Hardmax ran over all axes from <c>axis</c> (default 1) on, flattened, before set 13, and run over the one
/// axis (default -1) since.
/// 1. Where the axis is the last one, or the axes behind it are of size 1: the axis itself.
/// 2. Otherwise, and where the rank is unknown: Flatten, the operator over the last axis, Reshape to the shape there was.
/// </summary>
internal static class SoftmaxUpgrade
{
    private const long OldDefaultAxis = 1;

    public static void Apply(Node node, UpgradeScope scope)
    {
        long axis = node.IntAttribute("axis", OldDefaultAxis);
        IReadOnlyList<Dimension>? shape = scope.ShapeOf(node.Inputs[0]);
        if (shape is not null && axis < 0)
            axis += shape.Count;
        bool isLast = axis == -1 || (shape is not null && axis == shape.Count - 1);
        bool isOnly = shape is not null && shape.Skip((int)axis + 1).All(dimension => dimension.Size == 1);
        if (isLast || isOnly)
            node.Set(NodeAttribute.Of("axis", isLast ? -1 : axis));
        else
            FlattenAround(node, axis, scope);
    }

    private static void FlattenAround(Node node, long axis, UpgradeScope scope)
    {
        string input = node.Inputs[0],
            output = node.Outputs[0];
        Node Made(string opType, string[] inputs, string result) =>
            new(opType, inputs, [scope.Edit.UniqueTensorName($"{output}_{result}")], scope.Edit.UniqueNodeName($"{node.Name}_{result}"));
        Node shape = Made("Shape", [input], "shape");
        Node flatten = Made("Flatten", [input], "flat");
        flatten.Set(NodeAttribute.Of("axis", axis));
        scope.InsertBefore(node, shape);
        scope.InsertBefore(node, flatten);
        node.Inputs[0] = flatten.Outputs[0];
        node.Outputs[0] = scope.Edit.UniqueTensorName($"{output}_flat_result");
        node.Set(NodeAttribute.Of("axis", -1));
        scope.InsertAfter(
            node,
            new Node("Reshape", [node.Outputs[0], shape.Outputs[0]], [output], scope.Edit.UniqueNodeName($"{node.Name}_reshape"))
        );
    }
}
