using Quantizer.Graphs;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>Cuts a model off behind one tensor: the nodes that lead there, their constants and inputs, and no others.</summary>
internal static class ModelPrefix
{
    /// <param name="tensor">The new model's only output; renamed where it is an input of the model.</param>
    public static OnnxModel EndingAt(OnnxModel model, ref string tensor)
    {
        HashSet<string> needed = [tensor];
        List<Node> nodes = [];
        foreach (Node node in Enumerable.Reverse(model.Graph.Nodes))
        {
            if (!node.Outputs.Any(needed.Contains))
                continue;
            nodes.Insert(0, node);
            needed.UnionWith(GraphIndex.ReadBy(node));
        }
        if (nodes.Count == 0)
        {
            // An output must be made by a node.
            string copy = $"{tensor}/copy";
            nodes.Add(new Node("Identity", [tensor], [copy]));
            tensor = copy;
        }
        HashSet<string> constants = [.. model.Graph.Initializers.Select(initializer => initializer.Name)];
        Graph graph = new()
        {
            Name = model.Graph.Name,
            Nodes = nodes,
            Initializers = [.. model.Graph.Initializers.Where(initializer => needed.Contains(initializer.Name)).Select(Embedded)],
            Inputs = [.. model.Graph.Inputs.Where(input => needed.Contains(input.Name) && !constants.Contains(input.Name))],
            Outputs = [new ValueInfo(tensor, ElementType.Float, shape: null)],
        };
        return new OnnxModel(graph)
        {
            IrVersion = model.IrVersion,
            OperatorSets = model.OperatorSets,
            Preserved = model.Preserved,
        };
    }

    /// <summary>Held in memory, the new model has no folder that external data could lie in.</summary>
    private static Tensor Embedded(Tensor tensor) =>
        tensor.Storage == TensorStorage.External ? new Tensor(tensor.Name, tensor.Type, tensor.Dimensions, tensor.Data) : tensor;
}
