using Quantizer.Graphs;

namespace Quantizer.Work;

/// <summary>Multiply-accumulates of every node of a graph in one run on one sample.</summary>
/// <param name="ByNode">By node name; null where it is not known.</param>
internal sealed record WorkCount(IReadOnlyDictionary<string, long?> ByNode)
{
    /// <summary>The sum over the nodes whose work is known.</summary>
    public long AtLeast => ByNode.Values.Sum(work => work ?? 0);

    public bool IsComplete => !ByNode.Values.Contains(null);

    /// <summary>The nodes whose work is not known, in graph order.</summary>
    public IReadOnlyList<string> Unknown => [.. ByNode.Where(node => node.Value is null).Select(node => node.Key)];

    public long? this[string node] => ByNode.GetValueOrDefault(node);

    /// <param name="model">Its nodes have names of their own.</param>
    /// <param name="tensors">Types and shapes of the graph's tensors for a batch of one.</param>
    /// <param name="sample">What the model is fed with; null: there is none, and only what is declared is known.</param>
    /// <param name="isReal">False where the values of the sample are made up, so that what it does to branches and loops tells
    /// nothing.</param>
    public static WorkCount Of(
        OnnxModel model,
        IReadOnlyDictionary<string, TensorSignature> tensors,
        IReadOnlyDictionary<string, TensorValue>? sample,
        bool isReal = true
    )
    {
        Func<string, IReadOnlyList<long>?> shapeOf = SampleShapes.Of(model, tensors, sample);
        bool hasBodies = model.Graph.Nodes.SelectMany(node => node.Subgraphs).SelectMany(body => body.EveryNode).Any(WorkTable.Asks);
        return Of(model.Graph, shapeOf, hasBodies ? BodiesOf() : null);

        IReadOnlyDictionary<string, long?> BodiesOf() =>
            (sample is not null && isReal ? ObservedBodies.Of(model, sample) : null)
            ?? InferredBodies.Of(model, tensors.ToDictionary(tensor => tensor.Key, tensor => Sized(tensor.Value)));

        // Where there is a sample, what is declared for a batch of one may be wrong.
        TensorSignature Sized(TensorSignature tensor) =>
            shapeOf(tensor.Name) is { } sizes ? tensor with { Shape = [.. sizes.Select(size => new Dimension(size))] }
            : sample is null ? tensor
            : tensor with { Shape = null };
    }

    /// <param name="graph">Its nodes have names of their own.</param>
    /// <param name="shapeOf">Every size of a tensor; null when one of them, or the rank, is not known.</param>
    /// <param name="bodies">Of the nodes inside bodies that multiply; null: nothing is known of them.</param>
    public static WorkCount Of(Graph graph, Func<string, IReadOnlyList<long>?> shapeOf, IReadOnlyDictionary<string, long?>? bodies = null)
    {
        Dictionary<string, long?> work = [];
        foreach (Node node in graph.Nodes)
        {
            work[node.Name] = WorkTable.Of(node, shapeOf);
            foreach (Node inner in node.Subgraphs.SelectMany(body => body.EveryNode))
                work[inner.Name] = bodies?.TryGetValue(inner.Name, out long? known) == true ? known : WorkTable.Of(inner, _ => null);
        }
        return new WorkCount(work);
    }
}
