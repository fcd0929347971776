using Quantizer.Graphs;

namespace Quantizer.Normalization.Folding;

/// <summary>
/// Constant weights of a MatMul with leading axes of size 1, as [1, K, N], are a matrix [K, N].
/// 1. The MatMul reads the matrix; several that share the weights share the matrix.
/// 2. Where the other operand has fewer axes than the weights had, an Unsqueeze behind gives the result those in front.
/// 3. Kept where the rank of the other operand is unknown or below 2.
/// </summary>
internal static class MatrixWeights
{
    private const int WeightInput = 1,
        MatrixRank = 2;

    public static bool Apply(GraphEdit edit)
    {
        Dictionary<string, string> matrices = [];
        int converted = 0;
        edit.Sweep(node =>
        {
            if (!node.Is("MatMul") || !Convert(node, edit, matrices))
                return false;
            converted++;
            return true;
        });
        if (converted > 0)
            edit.Note($"the weights of {converted} MatMul lost leading axes of size 1");
        return converted > 0;
    }

    private static bool Convert(Node node, GraphEdit edit, Dictionary<string, string> matrices)
    {
        string name = node.Inputs[WeightInput];
        if (edit.Index.ConstantOf(name) is not { Type: ElementType.Float } weights)
            return false;
        int rank = weights.Dimensions.Count;
        if (rank <= MatrixRank || weights.Dimensions.Take(rank - MatrixRank).Any(size => size != 1))
            return false;
        if (edit.SignatureOf(node.Inputs[0])?.Shape?.Count is not (>= MatrixRank and int otherRank))
            return false;
        if (!matrices.TryGetValue(name, out string? matrix))
        {
            matrix = edit.AddConstant(new Tensor($"{name}_matrix", weights.Type, weights.Dimensions.TakeLast(MatrixRank), weights.Data));
            edit.AddAlias(matrix, name);
            matrices[name] = matrix;
        }
        node.Inputs[WeightInput] = matrix;
        if (otherRank < rank)
            Unsqueeze(node, edit, rank - otherRank);
        return true;
    }

    private static void Unsqueeze(Node node, GraphEdit edit, int axes)
    {
        string output = node.Outputs[0],
            product = edit.UniqueTensorName($"{output}_matrix"),
            front = edit.AddConstant(
                Tensor.FromInt64s($"{output}_axes", [axes], [.. Enumerable.Range(0, axes).Select(axis => (long)axis)])
            );
        node.Outputs[0] = product;
        edit.InsertAfter(node, new Node("Unsqueeze", [product, front], [output], edit.UniqueNodeName($"{node.Name}_unsqueeze")));
    }
}
