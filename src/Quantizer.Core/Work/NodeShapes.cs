using Quantizer.Graphs;

namespace Quantizer.Work;

/// <summary>A node with the sizes of its tensors.</summary>
/// <param name="shapeOf">Every size of a tensor; null when one of them, or the rank, is not known.</param>
internal sealed class NodeShapes(Node node, Func<string, IReadOnlyList<long>?> shapeOf)
{
    public Node Node => node;

    public bool HasInput(int input) => input < node.Inputs.Count && node.Inputs[input].Length > 0;

    public IReadOnlyList<long>? Input(int input) => HasInput(input) ? shapeOf(node.Inputs[input]) : null;

    public IReadOnlyList<long>? Output(int output) =>
        output < node.Outputs.Count && node.Outputs[output].Length > 0 ? shapeOf(node.Outputs[output]) : null;

    /// <summary>The same for a tensor by name, for those that subgraphs read.</summary>
    public IReadOnlyList<long>? Tensor(string name) => shapeOf(name);

    public static long Product(IEnumerable<long> sizes) => sizes.Aggregate(1L, (product, size) => checked(product * size));
}
