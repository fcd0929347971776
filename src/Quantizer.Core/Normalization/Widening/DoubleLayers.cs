using Quantizer.Graphs;

namespace Quantizer.Normalization.Widening;

/// <summary>
/// Finds convolutions and matrix products in double precision. Types are followed by the names of operators alone: ONNX Runtime, which
/// would tell them, opens no model with convolutions in double.
/// </summary>
internal static class DoubleLayers
{
    private static readonly string[] Layers = ["Conv", "ConvTranspose", "Gemm", "MatMul", "LSTM", "GRU", "RNN"];

    /// <summary>Operators whose result is of another type than what they read.</summary>
    private static readonly string[] OtherTypes =
    [
        "And",
        "ArgMax",
        "ArgMin",
        "Equal",
        "Greater",
        "GreaterOrEqual",
        "IsInf",
        "IsNaN",
        "Less",
        "LessOrEqual",
        "NonMaxSuppression",
        "NonZero",
        "Not",
        "Shape",
        "Size",
    ];

    public static bool AreIn(Graph graph) => AreIn(graph, []);

    private static bool AreIn(Graph graph, HashSet<string> outer)
    {
        HashSet<string> doubles =
        [
            .. outer,
            .. graph.Inputs.Where(input => input.Type == ElementType.Double).Select(input => input.Name),
            .. graph.Initializers.Where(tensor => tensor.Type == ElementType.Double).Select(tensor => tensor.Name),
        ];
        foreach (Node node in graph.Nodes)
        {
            bool isDouble = MakesDouble(node, doubles);
            if (isDouble && Layers.Contains(node.OpType))
                return true;
            if (isDouble)
                doubles.UnionWith(node.Outputs);
            if (node.Subgraphs.Any(subgraph => AreIn(subgraph, doubles)))
                return true;
        }
        return false;
    }

    private static bool MakesDouble(Node node, HashSet<string> doubles)
    {
        if (node.Is("Cast"))
            return node.IntAttribute("to", 0) == (long)ElementType.Double;
        if (node.Is("CastLike"))
            return doubles.Contains(node.Inputs[1]);
        if (node.Attribute("value")?.Value is AttributeValue.OfTensor value)
            return value.Value.Type == ElementType.Double;
        return !OtherTypes.Contains(node.OpType) && node.Inputs.Exists(doubles.Contains);
    }
}
