using Quantizer.Graphs;

namespace Quantizer.Normalization.Folding;

/// <summary>
/// Gemm in the form of integer kernels: rows of data, and a bias for each column.
/// 1. A first operand that is taken transposed gets a Transpose of its own.
/// 2. A constant bias of one value becomes one value per column of constant weights.
/// </summary>
internal static class GemmOperands
{
    private const int MatrixInput = 1,
        BiasInput = 2;

    public static bool Apply(GraphEdit edit)
    {
        int changed = 0;
        edit.Sweep(node =>
        {
            if (!node.Is("Gemm") || !(Turn(node, edit) | Spread(node, edit)))
                return false;
            changed++;
            return true;
        });
        if (changed > 0)
            edit.Note($"{changed} Gemm got a Transpose of their own or a bias per column");
        return changed > 0;
    }

    private static bool Turn(Node node, GraphEdit edit)
    {
        if (node.IntAttribute("transA", 0) == 0)
            return false;
        string turned = edit.UniqueTensorName($"{node.Outputs[0]}_turned"),
            name = edit.UniqueNodeName($"{node.Name}_transpose");
        Node transpose = new("Transpose", [node.Inputs[0]], [turned], name) { Attributes = [NodeAttribute.Of("perm", [1L, 0L])] };
        edit.InsertBefore(node, transpose);
        node.Inputs[0] = turned;
        node.RemoveAttribute("transA");
        return true;
    }

    private static bool Spread(Node node, GraphEdit edit)
    {
        if (node.Inputs.Count <= BiasInput || node.Inputs[BiasInput].Length == 0)
            return false;
        string name = node.Inputs[BiasInput];
        if (edit.Index.ConstantOf(name) is not { Type: ElementType.Float, ElementCount: 1 } bias)
            return false;
        if (edit.Index.ConstantOf(node.Inputs[MatrixInput]) is not { Dimensions.Count: 2 } weights)
            return false;
        int columns = (int)weights.Dimensions[node.IntAttribute("transB", 0) == 0 ? 1 : 0];
        if (columns <= 1)
            return false;
        float[] values = [.. Enumerable.Repeat(bias.Values<float>()[0], columns)];
        node.Inputs[BiasInput] = edit.AddConstant(Tensor.FromFloats($"{name}_columns", [columns], values));
        return true;
    }
}
