using Quantizer.Graphs;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>Cuts a model off behind some tensors: the nodes that lead there, their constants and inputs, and no others.</summary>
internal static class ModelPrefix
{
    /// <param name="tensor">The new model's only output; renamed where it is an input of the model.</param>
    public static OnnxModel EndingAt(OnnxModel model, ref string tensor)
    {
        OnnxModel prefix = EndingAt(model, [tensor]);
        if (prefix.Graph.Nodes.Count > 0)
            return prefix;
        // An output must be made by a node.
        string copy = $"{tensor}/copy";
        prefix.Graph.Nodes.Add(new Node("Identity", [tensor], [copy]));
        prefix.Graph.Outputs[0].Name = copy;
        tensor = copy;
        return prefix;
    }

    /// <param name="tensors">The new model's outputs, each made by a node: float, or what the model says of its own.</param>
    public static OnnxModel EndingAt(OnnxModel model, IReadOnlyList<string> tensors)
    {
        HashSet<string> needed = [.. tensors];
        List<Node> nodes = [];
        foreach (Node node in Enumerable.Reverse(model.Graph.Nodes))
        {
            if (!node.Outputs.Any(needed.Contains))
                continue;
            nodes.Insert(0, node);
            needed.UnionWith(GraphIndex.ReadBy(node));
        }
        HashSet<string> constants = [.. model.Graph.Initializers.Select(initializer => initializer.Name)];
        Graph graph = new()
        {
            Name = model.Graph.Name,
            Nodes = nodes,
            Initializers = [.. model.Graph.Initializers.Where(initializer => needed.Contains(initializer.Name)).Select(Embedded)],
            Inputs = [.. model.Graph.Inputs.Where(input => needed.Contains(input.Name) && !constants.Contains(input.Name))],
            Outputs = [.. tensors.Select(tensor => new ValueInfo(tensor, TypeOf(model.Graph, tensor), shape: null))],
        };
        return new OnnxModel(graph)
        {
            IrVersion = model.IrVersion,
            OperatorSets = model.OperatorSets,
            Preserved = model.Preserved,
        };
    }

    private static ElementType TypeOf(Graph graph, string tensor) =>
        graph.Outputs.Find(output => output.Name == tensor)?.Type ?? ElementType.Float;

    /// <summary>Held in memory, the new model has no folder that external data could lie in.</summary>
    private static Tensor Embedded(Tensor tensor) =>
        tensor.Storage == TensorStorage.External ? new Tensor(tensor.Name, tensor.Type, tensor.Dimensions, tensor.Data) : tensor;
}
