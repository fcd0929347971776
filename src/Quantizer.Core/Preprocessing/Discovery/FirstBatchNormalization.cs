using Quantizer.Graphs;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>Finds the BatchNormalization that sees a picture first, with its running statistics.</summary>
internal sealed record FirstBatchNormalization(Node Node, IReadOnlyList<float> Mean, IReadOnlyList<float> Variance)
{
    // BatchNormalization's inputs: X, scale, B, mean, variance.
    private const int MeanInput = 3;
    private const int VarianceInput = 4;

    /// <summary>
    /// The first in graph order that depends on the input, whatever lies between (usually one Conv, and a Transpose before
    /// it), and whose statistics are constants. One that normalizes the input itself serves as well.
    /// </summary>
    public static FirstBatchNormalization? Find(Graph graph, string input) => All(graph, input).FirstOrDefault();

    /// <summary>That one, and those behind it.</summary>
    public static IEnumerable<FirstBatchNormalization> All(Graph graph, string input)
    {
        Dictionary<string, Tensor> constants = Constants(graph);
        HashSet<string> reached = [input];
        foreach (Node node in graph.Nodes)
        {
            if (!GraphIndex.ReadBy(node).Any(reached.Contains))
                continue;
            if (
                IsInferenceForm(node)
                && reached.Contains(node.Inputs[0])
                && Floats(constants, node.Inputs[MeanInput]) is { } mean
                && Floats(constants, node.Inputs[VarianceInput]) is { } variance
                && mean.Length == variance.Length
            )
            {
                yield return new FirstBatchNormalization(node, mean, variance);
            }
            reached.UnionWith(node.Outputs.Where(output => output.Length > 0));
        }
    }

    private static bool IsInferenceForm(Node node) =>
        node.Is("BatchNormalization") && node.Inputs.Count > VarianceInput && node.IntAttribute("training_mode", absent: 0) == 0;

    /// <summary>Initializers, even those that a caller may override, Constant nodes and copies of either.</summary>
    private static Dictionary<string, Tensor> Constants(Graph graph)
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

    private static float[]? Floats(Dictionary<string, Tensor> constants, string name) =>
        constants.TryGetValue(name, out Tensor? tensor) && tensor.Type == ElementType.Float ? tensor.Values<float>().ToArray() : null;
}
