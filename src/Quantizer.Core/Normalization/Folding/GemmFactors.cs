using Quantizer.Graphs;

namespace Quantizer.Normalization.Folding;

/// <summary>
/// Gemm computes alpha * A * B + beta * C; integer kernels want both factors 1.
/// 1. alpha goes into a constant float B, beta into a constant float C; constants that others read too are cloned.
/// 2. beta without a C is dropped.
/// 3. A factor whose operand is computed is kept.
/// </summary>
internal static class GemmFactors
{
    private const int MatrixInput = 1;
    private const int AddendInput = 2;

    public static bool Apply(GraphEdit edit)
    {
        int folded = 0;
        edit.Sweep(node =>
        {
            if (!node.Is("Gemm"))
                return false;
            int factors = (Fold(node, "alpha", MatrixInput, edit) ? 1 : 0) + (Fold(node, "beta", AddendInput, edit) ? 1 : 0);
            folded += factors;
            return factors > 0;
        });
        if (folded > 0)
            edit.Note($"folded {folded} alpha and beta factors of Gemm into its constants");
        return folded > 0;
    }

    private static bool Fold(Node node, string attribute, int input, GraphEdit edit)
    {
        float factor = node.FloatAttribute(attribute, 1);
        if (factor == 1)
            return false;
        if (node.Inputs.Count > input && node.Inputs[input].Length > 0)
        {
            if (edit.Index.ConstantOf(node.Inputs[input]) is not { Type: ElementType.Float } constant)
                return false;
            float[] values = Array.ConvertAll(constant.Values<float>().ToArray(), value => (float)((double)value * factor));
            if (!values.All(float.IsFinite))
                return false;
            edit.ReplaceConstant(node, input, Tensor.FromFloats(constant.Name, constant.Dimensions, values));
        }
        node.RemoveAttribute(attribute);
        return true;
    }
}
