using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>Reads the small integer tensors that operators take as parameters: axes, sizes, indices.</summary>
internal static class ConstantIntegers
{
    /// <summary>The values of an int32 or int64 tensor; null for other types.</summary>
    public static long[]? Int64s(this Tensor tensor) =>
        tensor.Type switch
        {
            ElementType.Int64 => tensor.Values<long>().ToArray(),
            ElementType.Int32 => Array.ConvertAll(tensor.Values<int>().ToArray(), value => (long)value),
            _ => null,
        };

    /// <summary>
    /// A list that is an attribute in some operator set versions and an input in others: the attribute's value, or the input's when it is
    /// constant; null when neither is there or the input is computed.
    /// </summary>
    public static long[]? AttributeOrInput(Node node, string attribute, int input, GraphIndex index)
    {
        if (node.IntsAttribute(attribute) is { } values)
            return [.. values];
        return node.Inputs.Count > input && node.Inputs[input].Length > 0 ? index.ConstantOf(node.Inputs[input])?.Int64s() : null;
    }
}
