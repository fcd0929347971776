using Quantizer.Graphs;

namespace Quantizer.Execution;

/// <summary>
/// Models that differ from a given one only in a part: mostly in what they give out. They share the rest, nothing is copied:
/// for asking ONNX Runtime something, not for keeping.
/// </summary>
internal static class ModelVariants
{
    /// <summary>From this IR version on an initializer that is no graph input is a constant.</summary>
    private const long ConstantInitializersIrVersion = 4;

    /// <summary>The model with further outputs. They are declared by name only, so that ONNX Runtime finds out type and shape.</summary>
    public static OnnxModel WithOutputs(OnnxModel model, IEnumerable<string> tensors)
    {
        HashSet<string> present = [.. model.Graph.Outputs.Select(output => output.Name)];
        return With(
            model,
            model.Graph.Nodes,
            model.Graph.Initializers,
            model.Graph.Inputs,
            [.. model.Graph.Outputs, .. tensors.Where(present.Add).Select(Named)]
        );
    }

    /// <summary>The model with its inputs declared otherwise.</summary>
    public static OnnxModel WithInputs(OnnxModel model, List<ValueInfo> inputs) =>
        With(model, model.Graph.Nodes, model.Graph.Initializers, inputs, model.Graph.Outputs);

    /// <summary>The model with other constants of the same names.</summary>
    public static OnnxModel WithInitializers(OnnxModel model, List<Tensor> initializers) =>
        With(model, model.Graph.Nodes, initializers, model.Graph.Inputs, model.Graph.Outputs);

    /// <summary>The model with other nodes and with outputs declared by name only.</summary>
    public static OnnxModel WithNodesAndOutputs(OnnxModel model, List<Node> nodes, IEnumerable<string> outputs) =>
        With(model, nodes, model.Graph.Initializers, model.Graph.Inputs, [.. outputs.Select(Named)]);

    /// <summary>Only what <paramref name="tensors"/> depend on, with them as the outputs and no inputs.</summary>
    /// <exception cref="QuantizationException">A tensor depends on an input of the graph, or nothing makes it.</exception>
    public static OnnxModel ConstantPart(OnnxModel model, IEnumerable<string> tensors)
    {
        Graph graph = model.Graph;
        List<string> wanted = [.. tensors];
        HashSet<string> needed = [.. wanted];
        List<Node> nodes = [];
        for (int i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            Node node = graph.Nodes[i];
            if (!node.Outputs.Exists(output => output.Length > 0 && needed.Contains(output)))
                continue;
            nodes.Add(node);
            needed.UnionWith(GraphIndex.ReadBy(node));
        }
        nodes.Reverse();
        List<Tensor> initializers = graph.Initializers.FindAll(tensor => needed.Contains(tensor.Name));
        HashSet<string> constants = [.. graph.Initializers.Select(tensor => tensor.Name)];
        if (graph.Inputs.Find(input => needed.Contains(input.Name) && !constants.Contains(input.Name)) is { } input)
        {
            throw new QuantizationException(
                $"'{string.Join("', '", wanted)}' cannot be evaluated as constants: they depend on the graph's input '{input.Name}'."
            );
        }

        OnnxModel part = With(model, nodes, initializers, [], [.. wanted.Select(Named)]);
        part.IrVersion = Math.Max(model.IrVersion, ConstantInitializersIrVersion);
        return part;
    }

    /// <summary>Only these nodes, with the constants that they read, from declared inputs to outputs declared by name only.</summary>
    public static OnnxModel Piece(OnnxModel model, IReadOnlyList<Node> nodes, List<ValueInfo> inputs, IEnumerable<string> outputs)
    {
        HashSet<string> read = [.. nodes.SelectMany(GraphIndex.ReadBy)];
        List<Tensor> constants = model.Graph.Initializers.FindAll(tensor => read.Contains(tensor.Name));
        return With(model, [.. nodes], constants, inputs, [.. outputs.Select(Named)]);
    }

    private static ValueInfo Named(string tensor) => new(tensor, ElementType.Undefined, null);

    private static OnnxModel With(
        OnnxModel model,
        List<Node> nodes,
        List<Tensor> initializers,
        List<ValueInfo> inputs,
        List<ValueInfo> outputs
    )
    {
        Graph graph = new()
        {
            Name = model.Graph.Name,
            Nodes = nodes,
            Initializers = initializers,
            Inputs = inputs,
            Outputs = outputs,
            ValueInfos = model.Graph.ValueInfos,
            Preserved = model.Graph.Preserved,
        };
        return new OnnxModel(graph)
        {
            IrVersion = model.IrVersion,
            OperatorSets = model.OperatorSets,
            ProducerName = model.ProducerName,
            Domain = model.Domain,
            Preserved = model.Preserved,
        };
    }
}
