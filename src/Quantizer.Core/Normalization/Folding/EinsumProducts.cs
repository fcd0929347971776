using Quantizer.Graphs;

namespace Quantizer.Normalization.Folding;

/// <summary>
/// An Einsum of an activation with constant weights that is a linear layer becomes a MatMul, which has integer kernels.
/// 1. Indices that both share are summed over, stand last in the activation and nowhere in the result: "bsd,df->bsf".
/// 2. The other indices of the activation come first in the result, then those of the weights, both in their order.
/// 3. Several summed or several kept indices of the weights (heads: "bsd,dhk->bshk", "bshk,hkd->bsd") are one axis of the matrix; the
///    activation and the result are reshaped around the product.
/// 4. Kept: indices that all three share (a batch of matrices), repeated ones, and shapes that are not known.
/// </summary>
internal static class EinsumProducts
{
    public static bool Apply(GraphEdit edit)
    {
        int converted = 0;
        edit.Sweep(node =>
        {
            if (!node.Is("Einsum") || !Convert(node, edit))
                return false;
            converted++;
            return true;
        });
        if (converted > 0)
            edit.Note($"{converted} Einsum became MatMul");
        return converted > 0;
    }

    private static bool Convert(Node node, GraphEdit edit)
    {
        string[] sides = node.StringAttribute("equation", "").Replace(" ", "", StringComparison.Ordinal).Split("->");
        string[] terms = sides[0].Split(',');
        if (node.Inputs.Count != 2 || sides.Length != 2 || terms.Length != 2)
            return false;
        int weightInput =
            edit.Index.ConstantOf(node.Inputs[1]) is not null ? 1
            : edit.Index.ConstantOf(node.Inputs[0]) is not null ? 0
            : -1;
        if (weightInput < 0 || edit.Index.ConstantOf(node.Inputs[weightInput]) is not { Type: ElementType.Float } weights)
            return false;
        string read = node.Inputs[1 - weightInput];
        if (edit.SignatureOf(read)?.Shape is not { } shape)
            return false;
        if (LinearEinsum.Of(terms[1 - weightInput], shape.Count, terms[weightInput], sides[1]) is not { } layer)
            return false;
        if (weights.Dimensions.Count != layer.Weights.Length)
            return false;
        Write(node, edit, layer, read, weights);
        return true;
    }

    private static void Write(Node node, GraphEdit edit, LinearEinsum layer, string read, Tensor weights)
    {
        string output = node.Outputs[0],
            name = edit.UniqueTensorName($"{output}_matrix");
        string matrix = edit.AddConstant(layer.Matrix(weights, name));
        node.OpType = "MatMul";
        node.Attributes.Clear();
        node.Inputs.Clear();
        node.Inputs.AddRange([read, matrix]);
        if (layer.Summed.Length > 1)
        {
            string flat = edit.UniqueTensorName($"{read}_joined");
            edit.InsertBefore(node, Reshape(edit, node, read, flat, [.. Copied(layer.Kept.Length), -1], "join"));
            node.Inputs[0] = flat;
        }
        if (layer.Made.Length > 1)
        {
            string joined = edit.UniqueTensorName($"{output}_joined");
            node.Outputs[0] = joined;
            long[] sizes = [.. Copied(layer.Kept.Length), .. layer.MadeSizes(weights)];
            edit.InsertAfter(node, Reshape(edit, node, joined, output, sizes, "part"));
        }
        edit.Edited(node);
    }

    /// <summary>Zeros: the sizes that are there.</summary>
    private static IEnumerable<long> Copied(int axes) => Enumerable.Repeat(0L, axes);

    private static Node Reshape(GraphEdit edit, Node node, string from, string to, long[] sizes, string what)
    {
        string shape = edit.AddConstant(Tensor.FromInt64s(edit.UniqueTensorName($"{to}_shape"), [sizes.Length], sizes));
        return new Node("Reshape", [from, shape], [to], edit.UniqueNodeName($"{node.Name}_{what}"));
    }
}
