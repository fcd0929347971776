using Quantizer.Graphs;

namespace Quantizer.Normalization.Folding;

/// <summary>
/// A constant bias with leading axes of size 1, as [1, 1, N], that an Add adds to a MatMul by a matrix [K, N] is a vector [N], the form
/// that products on integers add and that correction makes up errors in.
/// 1. Several that share the bias share the vector.
/// 2. Kept where it may have more axes than the product, which would then lack some.
/// </summary>
internal static class VectorBiases
{
    private const int WeightInput = 1;

    public static bool Apply(GraphEdit edit)
    {
        Dictionary<string, string> vectors = [];
        int converted = 0;
        edit.Sweep(node =>
        {
            if (!node.Is("Add") || !Convert(node, edit, vectors))
                return false;
            converted++;
            return true;
        });
        if (converted > 0)
            edit.Note($"the biases of {converted} MatMul lost leading axes of size 1");
        return converted > 0;
    }

    private static bool Convert(Node add, GraphEdit edit, Dictionary<string, string> vectors)
    {
        int input = add.Inputs.FindIndex(name => edit.Index.ConstantOf(name) is { Type: ElementType.Float, Dimensions.Count: > 1 });
        if (input < 0 || edit.Index.ProducerOf(add.Inputs[1 - input]) is not { } product || !product.Is("MatMul"))
            return false;
        string name = add.Inputs[input];
        Tensor bias = edit.Index.ConstantOf(name)!;
        if (edit.Index.ConstantOf(product.Inputs[WeightInput]) is not { Dimensions: [_, var channels] })
            return false;
        if (bias.Dimensions[^1] != channels || bias.ElementCount != channels)
            return false;
        if (edit.SignatureOf(product.Outputs[0])?.Shape is not { } shape || shape.Count < bias.Dimensions.Count)
            return false;
        if (!vectors.TryGetValue(name, out string? vector))
        {
            vector = edit.AddConstant(new Tensor($"{name}_vector", bias.Type, [channels], bias.Data));
            edit.AddAlias(vector, name);
            vectors[name] = vector;
        }
        add.Inputs[input] = vector;
        return true;
    }
}
