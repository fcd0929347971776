using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>
/// Constant nodes of the main graph become initializers of the same name.
/// 1. value, value_float(s), value_int(s) and value_string(s) are converted.
/// 2. Kept: a sparse value, and a Constant that is a graph output itself.
/// </summary>
internal static class ConstantNodes
{
    public static bool Apply(GraphEdit edit)
    {
        HashSet<Node> converted = [];
        foreach (Node node in edit.Graph.Nodes)
        {
            if (
                !node.Is("Constant")
                || node.Outputs is not [string output]
                || edit.Index.IsOutput(output)
                || ValueOf(node, output) is not { } tensor
            )
            {
                continue;
            }

            edit.Graph.Initializers.Add(tensor);
            converted.Add(node);
        }
        if (converted.Count == 0)
            return false;
        edit.RemoveAll(converted);
        edit.Note($"{converted.Count} Constant nodes are initializers now");
        return true;
    }

    /// <summary>The constant's value as a tensor called <paramref name="name"/>; null for a sparse one.</summary>
    public static Tensor? ValueOf(Node node, string name)
    {
        foreach (NodeAttribute attribute in node.Attributes)
        {
            Tensor? tensor = (attribute.Name, attribute.Value) switch
            {
                ("value", AttributeValue.OfTensor value) => value.Value.Renamed(name),
                ("value_float", AttributeValue.Float value) => Tensor.FromFloats(name, [], [value.Value]),
                ("value_floats", AttributeValue.FloatList value) => Tensor.FromFloats(name, [value.Values.Count], [.. value.Values]),
                ("value_int", AttributeValue.Int value) => Tensor.FromInt64s(name, [], [value.Value]),
                ("value_ints", AttributeValue.IntList value) => Tensor.FromInt64s(name, [value.Values.Count], [.. value.Values]),
                ("value_string", AttributeValue.String value) => OfStrings(name, [], [value.Bytes]),
                ("value_strings", AttributeValue.StringList value) => OfStrings(name, [value.Values.Count], value.Values),
                _ => null,
            };
            if (tensor is not null)
                return tensor;
        }
        return null;
    }

    private static Tensor OfStrings(string name, long[] dimensions, IReadOnlyList<ReadOnlyMemory<byte>> values) =>
        new(name, ElementType.String, dimensions, ReadOnlyMemory<byte>.Empty) { Strings = values };
}
