namespace Quantizer.Graphs;

/// <summary>
/// Builds a model line by line, in the order of its nodes; nothing is checked or inferred.
/// <code>
/// new GraphBuilder(opset: 17).Input("x", ["batch", 3, 8, 8]).Constant("w", [4, 3, 1, 1], weights)
///     .Node("Conv", ["x", "w"], ["y"]).Output("y").Build()
/// </code>
/// </summary>
internal sealed class GraphBuilder
{
    private readonly Graph _graph = new() { Name = "graph" };
    private readonly int _opset;

    /// <param name="opset">The version of the standard operator set.</param>
    public GraphBuilder(int opset = 17) => _opset = opset;

    /// <summary>Declares a graph input. Sizes and symbols mix: <c>["batch", 3, 8, 8]</c>.</summary>
    public GraphBuilder Input(string name, IReadOnlyList<Dimension> shape, ElementType type = ElementType.Float)
    {
        _graph.Inputs.Add(new ValueInfo(name, type, shape));
        return this;
    }

    /// <summary>Declares a graph output; without a shape its rank is unknown.</summary>
    public GraphBuilder Output(string name, IReadOnlyList<Dimension>? shape = null, ElementType type = ElementType.Float)
    {
        _graph.Outputs.Add(new ValueInfo(name, type, shape));
        return this;
    }

    public GraphBuilder Constant(Tensor tensor)
    {
        _graph.Initializers.Add(tensor);
        return this;
    }

    public GraphBuilder Constant(string name, IEnumerable<long> dimensions, ReadOnlySpan<float> values) =>
        Constant(Tensor.FromFloats(name, dimensions, values));

    public GraphBuilder Constant(string name, IEnumerable<long> dimensions, ReadOnlySpan<long> values) =>
        Constant(Tensor.FromInt64s(name, dimensions, values));

    /// <summary>Adds an operator of the standard set, named after its first output.</summary>
    public GraphBuilder Node(
        string opType,
        IReadOnlyList<string> inputs,
        IReadOnlyList<string> outputs,
        params ReadOnlySpan<NodeAttribute> attributes
    ) =>
        Node(
            new Node(opType, inputs, outputs, name: outputs.Count > 0 ? $"{opType}_{outputs[0]}" : opType) { Attributes = [.. attributes] }
        );

    public GraphBuilder Node(Node node)
    {
        _graph.Nodes.Add(node);
        return this;
    }

    /// <summary>Declares the type and shape of an inner tensor.</summary>
    public GraphBuilder ValueInfo(string name, IReadOnlyList<Dimension> shape, ElementType type = ElementType.Float)
    {
        _graph.ValueInfos.Add(new ValueInfo(name, type, shape));
        return this;
    }

    /// <summary>The graph alone, for a subgraph.</summary>
    public Graph BuildGraph() => _graph;

    public OnnxModel Build() =>
        new(_graph)
        {
            IrVersion = IrVersionOf(_opset),
            ProducerName = "quantizer",
            OperatorSets = [new OperatorSet("", _opset)],
        };

    // The oldest IR version that ONNX released with, or before, the operator set, and at least 4: from there on
    // initializers need not be graph inputs.
    private static long IrVersionOf(int opset) =>
        opset switch
        {
            <= 9 => 4,
            10 => 5,
            11 => 6,
            12 or 13 or 14 => 7,
            >= 15 and <= 18 => 8,
            19 or 20 => 9,
            21 or 22 => 10,
            23 => 11,
            24 => 12,
            _ => 13,
        };
}
