using Quantizer.Graphs;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>Finds the BatchNormalization that sees a picture first, with its running statistics.</summary>
internal sealed record FirstBatchNormalization(Node Node, IReadOnlyList<float> Mean, IReadOnlyList<float> Variance)
{
    // BatchNormalization's inputs: X, scale, B, mean, variance.
    private const int MeanInput = 3;
    private const int VarianceInput = 4;

    /// <summary>Behind more layers a channel says more of what is in the pictures than of how they were prepared.</summary>
    private const int MostLayers = 8;

    private static readonly string[] LayerTypes = ["Conv", "ConvTranspose", "Gemm", "MatMul"];

    /// <summary>How many layers with weights come before it in the graph.</summary>
    private int Layers { get; init; }

    /// <summary>
    /// The first in graph order that depends on the input, whatever lies between (usually one Conv, and a Transpose before
    /// it), and whose statistics are constants. One that normalizes the input itself serves as well; the last of a network whose others
    /// were folded does not.
    /// </summary>
    public static FirstBatchNormalization? Find(Graph graph, string input) =>
        All(graph, input).FirstOrDefault() is { Layers: <= MostLayers } first ? first : null;

    /// <summary>That one, and those behind it.</summary>
    public static IEnumerable<FirstBatchNormalization> All(Graph graph, string input)
    {
        IReadOnlyDictionary<string, Tensor> constants = ConstantTensors.In(graph);
        HashSet<string> reached = [input];
        int layers = 0;
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
                yield return new FirstBatchNormalization(node, mean, variance) { Layers = layers };
            }
            layers += LayerTypes.Contains(node.OpType) ? 1 : 0;
            reached.UnionWith(node.Outputs.Where(output => output.Length > 0));
        }
    }

    /// <summary>Whether it uses its running statistics, and does not train them.</summary>
    public static bool IsInferenceForm(Node node) =>
        node.Is("BatchNormalization") && node.Inputs.Count > VarianceInput && node.IntAttribute("training_mode", absent: 0) == 0;

    private static float[]? Floats(IReadOnlyDictionary<string, Tensor> constants, string name) =>
        constants.TryGetValue(name, out Tensor? tensor) && tensor.Type == ElementType.Float ? tensor.Values<float>().ToArray() : null;
}
