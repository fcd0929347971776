using Quantizer.Graphs;

namespace Quantizer.Normalization.Unfusing;

/// <summary>Convolutions and matrix products joined with what follows them.</summary>
internal static class FusedLayers
{
    private const int AddendInput = 3;

    /// <summary>activation(Conv(x, w, b) + z)</summary>
    public static string? Conv(Node node, Replacement replacement, GraphEdit edit)
    {
        if (!FusedActivations.Knows(node))
            return null;
        string result = replacement.Add("Conv", Trimmed(node.Inputs.Take(AddendInput)), WithoutActivation(node));
        if (node.Inputs.Count > AddendInput && node.Inputs[AddendInput].Length > 0)
            result = replacement.Add("Add", [result, node.Inputs[AddendInput]]);
        return FusedActivations.Add(node, result, replacement);
    }

    /// <summary>activation(alpha * A * B + beta * C)</summary>
    public static string? Gemm(Node node, Replacement replacement, GraphEdit edit) =>
        FusedActivations.Knows(node)
            ? FusedActivations.Add(node, replacement.Add("Gemm", node.Inputs, WithoutActivation(node)), replacement)
            : null;

    /// <summary>alpha * A * B, either operand with its last two axes exchanged. Kept where the first axis is exchanged with others, and
    /// where a rank is needed and unknown.</summary>
    public static string? MatMul(Node node, Replacement replacement, GraphEdit edit)
    {
        if (node.IntAttribute("transBatchA", 0) != 0 || node.IntAttribute("transBatchB", 0) != 0)
            return null;
        int?[] ranks = [RankIfTransposed(node, 0, "transA", edit), RankIfTransposed(node, 1, "transB", edit)];
        if (ranks.Contains(null))
            return null;
        string[] operands = [node.Inputs[0], node.Inputs[1]];
        for (int i = 0; i < operands.Length; i++)
        {
            if (ranks[i] is > 0 and int rank)
                operands[i] = replacement.Add("Transpose", [operands[i]], NodeAttribute.Of("perm", LastTwoExchanged(rank)));
        }
        float alpha = node.FloatAttribute("alpha", 1);
        bool isConstant = edit.Index.ConstantOf(node.Inputs[1]) is not null;
        if (alpha != 1 && isConstant)
            operands[1] = replacement.Add("Mul", [operands[1], replacement.AddScalar(alpha)]);
        string product = replacement.Add("MatMul", operands);
        return alpha == 1 || isConstant ? product : replacement.Add("Mul", [product, replacement.AddScalar(alpha)]);
    }

    /// <summary>The approximate GELU of x * w + b</summary>
    public static string? GemmFastGelu(Node node, Replacement replacement, GraphEdit edit)
    {
        string result = replacement.Add("MatMul", node.Inputs.Take(2));
        if (node.Inputs.Count > 2 && node.Inputs[2].Length > 0)
            result = replacement.Add("Add", [result, node.Inputs[2]]);
        return FusedActivations.AddFastGelu(result, replacement);
    }

    /// <summary>0 where the operand is taken as it is; null where its rank is not known, or too low.</summary>
    private static int? RankIfTransposed(Node node, int input, string attribute, GraphEdit edit)
    {
        if (node.IntAttribute(attribute, 0) == 0)
            return 0;
        return edit.SignatureOf(node.Inputs[input])?.Shape is { Count: >= 2 } shape ? shape.Count : null;
    }

    private static long[] LastTwoExchanged(int rank) => [.. Enumerable.Range(0, rank - 2).Select(axis => (long)axis), rank - 1, rank - 2];

    private static IEnumerable<NodeAttribute> WithoutActivation(Node node) =>
        node.Attributes.Where(attribute => !attribute.Name.StartsWith("activation", StringComparison.Ordinal));

    private static List<string> Trimmed(IEnumerable<string> inputs)
    {
        List<string> kept = [.. inputs];
        while (kept is [.., { Length: 0 }])
            kept.RemoveAt(kept.Count - 1);
        return kept;
    }
}
