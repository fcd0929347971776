using Quantizer.Graphs;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>What stays the same from picture to picture in a graph as a file holds it.</summary>
internal static class ConstantTensors
{
    /// <summary>Initializers, even those that a caller may override, Constant nodes and copies of either, by name.</summary>
    public static IReadOnlyDictionary<string, Tensor> In(Graph graph)
    {
        Dictionary<string, Tensor> constants = new(StringComparer.Ordinal);
        foreach (Tensor tensor in graph.Initializers)
            constants[tensor.Name] = tensor;
        foreach (Node node in graph.Nodes)
        {
            if (node.Is("Constant") && node.Attribute("value")?.Value is AttributeValue.OfTensor constant)
                constants[node.Outputs[0]] = constant.Value;
            else if (node.Is("Identity") && constants.TryGetValue(node.Inputs[0], out Tensor? copied))
                constants[node.Outputs[0]] = copied;
        }
        return constants;
    }
}
