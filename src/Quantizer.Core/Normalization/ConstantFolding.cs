using System.Collections.Frozen;
using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>
/// Nodes that depend on constants only are computed once, by ONNX Runtime, all in one run.
/// 1. Their outputs that others read become initializers of the same name.
/// 2. Kept: nodes of other domains than the standard one, random operators, nodes with subgraphs, outputs that are no dense tensors
///    of numbers, graph outputs, and outputs larger than their inputs by more than <see cref="GrowthLimit"/>.
/// </summary>
internal static class ConstantFolding
{
    /// <summary>Bytes. Folding an Expand or ConstantOfShape beyond this would trade a small node for a large file.</summary>
    private const long GrowthLimit = 4L << 20;

    private static readonly FrozenSet<string> Kept = FrozenSet.ToFrozenSet([
        "Bernoulli",
        "Constant",
        "Multinomial",
        "RandomNormal",
        "RandomNormalLike",
        "RandomUniform",
        "RandomUniformLike",
        // Whoever stores weights as integers and dequantizes them means them to stay so.
        "DequantizeLinear",
        "QuantizeLinear",
    ]);

    public static bool Apply(GraphEdit edit)
    {
        HashSet<Node> folded = Foldable(edit);
        List<string> wanted =
        [
            .. folded
                .SelectMany(node => node.Outputs)
                .Where(output => edit.Index.ReadersOf(output).Any(reader => !folded.Contains(reader))),
        ];
        if (wanted.Count > 0)
            edit.Graph.Initializers.AddRange(ConstantEvaluation.Evaluate(edit.Model, wanted).Values);
        if (folded.Count == 0)
            return false;
        edit.RemoveAll(folded);
        edit.Note($"{folded.Count} nodes were computed from constants");
        return true;
    }

    private static HashSet<Node> Foldable(GraphEdit edit)
    {
        Dictionary<string, long> constantBytes = [];
        foreach (Tensor tensor in edit.Graph.Initializers)
        {
            if (!edit.Index.IsInput(tensor.Name))
                constantBytes[tensor.Name] = tensor.Data.Length;
        }

        HashSet<Node> foldable = [];
        foreach (Node node in edit.Graph.Nodes)
        {
            if (node.Domain.Length > 0 || Kept.Contains(node.OpType) || node.Subgraphs.Any())
                continue;
            if (!node.Inputs.TrueForAll(input => input.Length == 0 || constantBytes.ContainsKey(input)))
                continue;
            long inputBytes = node.Inputs.Sum(input => constantBytes.GetValueOrDefault(input));
            Dictionary<string, long>? outputs = OutputBytes(node, edit);
            if (outputs is null || outputs.Values.Sum() > inputBytes + GrowthLimit)
                continue;
            foldable.Add(node);
            foreach ((string name, long bytes) in outputs)
                constantBytes[name] = bytes;
        }
        return foldable;
    }

    /// <summary>Null when an output cannot become an initializer, or its size is not known beforehand.</summary>
    private static Dictionary<string, long>? OutputBytes(Node node, GraphEdit edit)
    {
        Dictionary<string, long> bytes = [];
        foreach (string output in node.Outputs)
        {
            if (output.Length == 0)
                continue;
            if (edit.Index.IsOutput(output) || edit.SignatureOf(output) is not { Shape: { } shape } signature)
                return null;
            if (ElementSizes.BitsOf(signature.Type) == 0)
                return null;
            if (shape.Any(dimension => dimension.Size is null))
                return null;
            bytes[output] = ElementSizes.BytesOf(
                signature.Type,
                shape.Aggregate(1L, (count, dimension) => checked(count * dimension.Size!.Value))
            );
        }
        return bytes;
    }
}
