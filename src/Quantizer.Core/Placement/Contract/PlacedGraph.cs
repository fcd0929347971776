using Quantizer.Graphs;
using Quantizer.Placement.Sites;

namespace Quantizer.Placement.Contract;

/// <summary>A graph with what was decided on it, for a target to say what else must be written.</summary>
internal sealed class PlacedGraph
{
    private readonly FormDecisions _decisions;

    internal PlacedGraph(
        Graph graph,
        GraphIndex index,
        IReadOnlyDictionary<string, TensorSignature> tensors,
        IReadOnlyDictionary<string, ActivationSite> activations,
        IReadOnlyList<WeightSite> weights,
        FormDecisions decisions
    )
    {
        (Graph, Index, Tensors, Activations, Weights) = (graph, index, tensors, activations, weights);
        _decisions = decisions;
    }

    public Graph Graph { get; }

    public GraphIndex Index { get; }

    /// <summary>Types and shapes for one sample.</summary>
    public IReadOnlyDictionary<string, TensorSignature> Tensors { get; }

    /// <summary>By tensor, in graph order.</summary>
    public IReadOnlyDictionary<string, ActivationSite> Activations { get; }

    public IReadOnlyList<WeightSite> Weights { get; }

    /// <summary>True for nodes that run on integers of fixed scales, and for those that disappear into one that does.</summary>
    public bool IsInteger(Node node) => _decisions.IsStatic(node);

    /// <summary>True when what a node reads comes out of an integer kernel, or would, moved through such a node.</summary>
    public bool ReadsIntegers(Node node) => _decisions.ReadsIntegers(node);

    /// <summary>The tensor that leaves a node and the clamp that disappears into it.</summary>
    public string OutputBehind(Node node) => _decisions.OutputBehind(node);
}
