using System.Runtime.InteropServices;
using Quantizer.Graphs;

namespace Quantizer.Rewriting;

/// <summary>
/// Writes constants of one value, as exporters make them of their padding, as a ConstantOfShape, which runtimes compute when they load
/// the file: folding constants had made a network with padded channels a quarter larger than it came.
/// Kept: what is small, and what kernels may only take as a constant of the file.
/// </summary>
internal static class UniformConstants
{
    /// <summary>Below, names and nodes cost as much as they save.</summary>
    private const int LeastBytes = 1 << 12;

    /// <summary>Operators that take any tensor anywhere.</summary>
    private static readonly HashSet<string> Readers = ["Add", "Concat", "Div", "Max", "Min", "Mul", "Sub", "Where"];

    /// <returns>The nodes to put before all others.</returns>
    public static IReadOnlyList<Node> Write(Graph graph, NameSource names)
    {
        HashSet<string> kept = [.. graph.Inputs.Select(input => input.Name), .. graph.Outputs.Select(output => output.Name)];
        foreach (Node node in graph.Nodes.Where(node => node.Domain.Length > 0 || !Readers.Contains(node.OpType)))
            kept.UnionWith(GraphIndex.ReadBy(node));
        Tensor[] uniform = [.. graph.Initializers.Where(tensor => !kept.Contains(tensor.Name) && IsUniform(tensor))];
        graph.Initializers.RemoveAll(uniform.Contains);
        return [.. uniform.Select(tensor => Made(tensor, graph, names))];
    }

    private static bool IsUniform(Tensor tensor)
    {
        if (tensor.Type != ElementType.Float || tensor.Data.Length < LeastBytes)
            return false;
        // By their bits: a NaN is no value.
        ReadOnlySpan<int> bits = MemoryMarshal.Cast<float, int>(tensor.Values<float>());
        return bits.IndexOfAnyExcept(bits[0]) < 0;
    }

    private static Node Made(Tensor tensor, Graph graph, NameSource names)
    {
        Tensor shape = Tensor.FromInt64s(names.New($"{tensor.Name}_shape"), [tensor.Dimensions.Count], [.. tensor.Dimensions]);
        graph.Initializers.Add(shape);
        return new Node("ConstantOfShape", [shape.Name], [tensor.Name], names.New($"{tensor.Name}_ConstantOfShape"))
        {
            Attributes = [NodeAttribute.Of("value", Tensor.FromFloats("", [1], tensor.Values<float>()[..1]))],
        };
    }
}
