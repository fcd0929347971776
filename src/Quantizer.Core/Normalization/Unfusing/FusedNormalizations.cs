using Quantizer.Graphs;

namespace Quantizer.Normalization.Unfusing;

/// <summary>Normalizations over the last axis joined with the sum in front of them.</summary>
internal static class FusedNormalizations
{
    private const int SumOutput = 3;

    /// <summary>From this set on LayerNormalization is an operator of the standard set.</summary>
    private const long LayerNormalizationOpset = 17;

    /// <summary>"epsilon: The epsilon value to use to avoid division by zero." Its default in ONNX Runtime's contrib operators.</summary>
    private const float DefaultEpsilon = 1e-12f;

    /// <summary>Inputs: x, skip, gamma, beta, bias; the last two may be missing. LayerNormalization of x + skip + bias.</summary>
    public static string? SkipLayer(Node node, Replacement replacement, GraphEdit edit)
    {
        if (AddSum(node, biasInput: 4, replacement, edit) is not { } sum)
            return null;
        string gamma = node.Inputs[2],
            beta = node.Inputs.Count > 3 ? node.Inputs[3] : "";
        return Named(AddLayer(sum, gamma, beta, node, replacement, edit), sum, node, replacement);
    }

    /// <summary>LayerNormalization of the last axis, with the node's epsilon.</summary>
    /// <param name="beta">Empty: none.</param>
    public static string AddLayer(string x, string gamma, string beta, Node node, Replacement replacement, GraphEdit edit)
    {
        if (edit.Model.Opset >= LayerNormalizationOpset)
        {
            return replacement.Add(
                "LayerNormalization",
                beta.Length > 0 ? [x, gamma, beta] : [x, gamma],
                NodeAttribute.Of("axis", -1L),
                NodeAttribute.Of("epsilon", node.FloatAttribute("epsilon", DefaultEpsilon))
            );
        }
        string centred = replacement.Add("Sub", [x, replacement.AddMeanOfLast(x)]);
        string scaled = replacement.Add("Mul", [DividedByRoot(centred, node, replacement), gamma]);
        return beta.Length > 0 ? replacement.Add("Add", [scaled, beta]) : scaled;
    }

    /// <summary>Inputs: x, skip, gamma, bias, which may be missing. x + skip + bias over the root of its mean square, times
    /// gamma.</summary>
    public static string? SkipRootMeanSquare(Node node, Replacement replacement, GraphEdit edit)
    {
        if (AddSum(node, biasInput: 3, replacement, edit) is not { } sum)
            return null;
        return Named(replacement.Add("Mul", [DividedByRoot(sum, node, replacement), node.Inputs[2]]), sum, node, replacement);
    }

    private static string DividedByRoot(string x, Node node, Replacement replacement)
    {
        string square = replacement.Add("Pow", [x, replacement.AddScalar(2)]);
        float epsilon = node.FloatAttribute("epsilon", DefaultEpsilon);
        string padded = replacement.Add("Add", [replacement.AddMeanOfLast(square), replacement.AddScalar(epsilon)]);
        return replacement.Add("Div", [x, replacement.Add("Sqrt", [padded])]);
    }

    /// <summary>Null where mean or deviation are read too.</summary>
    private static string? AddSum(Node node, int biasInput, Replacement replacement, GraphEdit edit)
    {
        if (node.Outputs.Take(SumOutput).Skip(1).Any(output => IsUsed(output, edit)))
            return null;
        string sum = replacement.Add("Add", [node.Inputs[0], node.Inputs[1]]);
        return node.Inputs.Count > biasInput && node.Inputs[biasInput].Length > 0
            ? replacement.Add("Add", [sum, node.Inputs[biasInput]])
            : sum;
    }

    /// <summary>The sum is an output as well, where the node gives it out.</summary>
    private static string Named(string result, string sum, Node node, Replacement replacement)
    {
        if (node.Outputs.Count > SumOutput && node.Outputs[SumOutput].Length > 0)
            replacement.Name(sum, node.Outputs[SumOutput]);
        return result;
    }

    private static bool IsUsed(string output, GraphEdit edit) =>
        output.Length > 0 && (edit.Index.IsOutput(output) || edit.Index.ReadersOf(output).Count > 0);
}
