using Quantizer.Graphs;

namespace Quantizer.Placement.Contract;

/// <summary>A node with what a rule may look at: its constants, the shapes around it, its neighbours.</summary>
internal sealed record NodeContext(Node Node, GraphIndex Index, IReadOnlyDictionary<string, TensorSignature> Tensors)
{
    public Tensor? Constant(int input) => input < Node.Inputs.Count ? Index.ConstantOf(Node.Inputs[input]) : null;

    /// <summary>The sizes of an input or constant, -1 where unknown; null when the rank is unknown.</summary>
    public IReadOnlyList<long>? InputShape(int input) => Constant(input)?.Dimensions ?? ShapeOf(Node.Inputs[input]);

    private IReadOnlyList<long>? ShapeOf(string tensor) =>
        Tensors.TryGetValue(tensor, out TensorSignature? signature) && signature.Shape is { } shape
            ? [.. shape.Select(axis => axis.Size ?? -1)]
            : null;
}
