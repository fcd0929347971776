using Quantizer.Graphs;

namespace Quantizer.Normalization.Opsets;

/// <summary>The graph, main or sub, whose nodes are being brought to a newer operator set, and the edits upgrades need.</summary>
/// <param name="IsMain">Types and shapes are known for the main graph only.</param>
internal sealed record UpgradeScope(GraphEdit Edit, Graph Graph, bool IsMain)
{
    /// <summary>Null when not known.</summary>
    public IReadOnlyList<Dimension>? ShapeOf(string tensor) => Signature(tensor)?.Shape;

    /// <summary>The tensor's type; float where it is not known: a wrong guess is refused when the model is loaded, it cannot go
    /// unnoticed.</summary>
    public ElementType TypeOf(string tensor) =>
        Signature(tensor)?.Type is { } type and not ElementType.Undefined ? type : ElementType.Float;

    /// <summary>The constant of that name in this graph, as an initializer or a Constant node; null for anything else.</summary>
    public Tensor? ConstantOf(string tensor)
    {
        if (Graph.Initializers.Find(constant => constant.Name == tensor) is { } initializer)
            return initializer;
        return Graph.Nodes.Find(node => node.Is("Constant") && node.Outputs.Contains(tensor)) is { } node
            ? ConstantNodes.ValueOf(node, tensor)
            : null;
    }

    public string AddInt64s(string name, params IReadOnlyList<long> values) => Add(Tensor.FromInt64s(name, [values.Count], [.. values]));

    /// <summary>A scalar of a floating-point type.</summary>
    public string AddScalar(string name, float value, ElementType type) =>
        Add(
            type switch
            {
                ElementType.Double => new Tensor(name, type, [], BitConverter.GetBytes((double)value)),
                ElementType.Float16 => new Tensor(name, type, [], BitConverter.GetBytes((Half)value)),
                _ => Tensor.FromFloats(name, [], [value]),
            }
        );

    public string Add(Tensor tensor)
    {
        string name = Edit.UniqueTensorName(tensor.Name);
        Graph.Initializers.Add(tensor.Renamed(name));
        return name;
    }

    /// <summary>Places nodes right behind <paramref name="place"/>, in the order given.</summary>
    public void InsertAfter(Node place, params ReadOnlySpan<Node> added)
    {
        int index = Graph.Nodes.IndexOf(place) + 1;
        foreach (Node node in added)
        {
            Graph.Nodes.Insert(index++, node);
            Edit.Origins.Merge(node, place);
        }
    }

    /// <summary>Places a node right in front of <paramref name="place"/>.</summary>
    public void InsertBefore(Node place, Node added)
    {
        Graph.Nodes.Insert(Graph.Nodes.IndexOf(place), added);
        Edit.Origins.Merge(added, place);
    }

    /// <summary>Whether a node of the graph, or of a subgraph in it, reads the tensor, or the graph gives it out.</summary>
    public bool IsRead(string tensor) =>
        tensor.Length > 0
        && (Graph.Outputs.Exists(output => output.Name == tensor) || Graph.Nodes.Exists(node => GraphIndex.ReadBy(node).Contains(tensor)));

    /// <summary>Sets input <paramref name="index"/>, with omitted ones in front of it where the node has fewer.</summary>
    public static void SetInput(Node node, int index, string tensor)
    {
        while (node.Inputs.Count <= index)
            node.Inputs.Add("");
        node.Inputs[index] = tensor;
    }

    private TensorSignature? Signature(string tensor) => IsMain ? Edit.SignatureOf(tensor) : null;
}
