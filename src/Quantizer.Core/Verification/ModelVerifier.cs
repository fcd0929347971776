using Quantizer.Execution;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Placement;

namespace Quantizer.Verification;

/// <summary>Opens a quantized model as users will and checks in ONNX Runtime's optimized graph that integers really run.</summary>
public static class ModelVerifier
{
    /// <summary>A convolution or matrix product by constant weights of at least this rank; fewer are scales and biases.</summary>
    private const int WeightRank = 2;

    /// <param name="quantized">The rewritten model.</param>
    /// <param name="placements">What was meant to become of each node.</param>
    /// <exception cref="QuantizationException">ONNX Runtime cannot open the model.</exception>
    public static VerificationResult Verify(OnnxModel quantized, IReadOnlyList<NodePlacement> placements)
    {
        using OnnxModel saved = OptimizedGraph.Of(quantized);
        Graph optimized = saved.Graph;
        KernelMap kernels = new(optimized);
        GraphIndex index = new(quantized.Graph);
        Dictionary<string, Node> byName = quantized.Graph.Nodes.ToDictionary(node => node.Name);
        List<VerifiedNode> nodes = [];
        foreach (NodePlacement placement in placements)
        {
            Node node = byName[placement.Node];
            string? kernel = kernels.KernelOf(node, placement.Macs > 0 ? IntegerWeights(node, index) : null);
            nodes.Add(new VerifiedNode(placement.Node, placement.OpType, placement.IsInteger, placement.Reason, placement.Macs, kernel));
        }
        return new VerificationResult(nodes, [.. NodeFindings(nodes), .. GraphFindings(optimized)]);
    }

    private static string? IntegerWeights(Node node, GraphIndex index) =>
        node.Inputs.Count > 1 && index.ProducerOf(node.Inputs[1]) is { OpType: "DequantizeLinear" } dequantize ? dequantize.Inputs[0] : null;

    private static IEnumerable<Finding> NodeFindings(IReadOnlyList<VerifiedNode> nodes)
    {
        foreach (VerifiedNode node in nodes)
        {
            if (node.Macs == 0) continue;
            if (node.IsPlaced && !node.RunsOnIntegers)
                yield return new Finding(FindingSeverity.Warning, node.Node,
                    $"{node.OpType} is quantized, but ONNX Runtime runs it in float ({node.Kernel ?? "fused"}), dequantizing its weights in every run.",
                    $"Exclude it with --exclude '{node.Node}'.");
            if (!node.IsPlaced && node.RunsOnIntegers)
                yield return new Finding(FindingSeverity.Warning, node.Node,
                    $"{node.OpType} was left in float, but ONNX Runtime quantizes it by itself ({node.Kernel}).", "Report this model's structure as a bug.");
        }
    }

    private static IEnumerable<Finding> GraphFindings(Graph optimized)
    {
        Dictionary<string, Tensor> constants = optimized.Initializers.ToDictionary(tensor => tensor.Name);
        GraphIndex index = new(optimized);
        foreach (Node node in optimized.Nodes)
        {
            if (IntegerKernels.Slowness(node, index) is { } slowness)
                yield return new Finding(FindingSeverity.Warning, node.Name, $"{node.OpType} runs at {slowness}.", $"Exclude it with --exclude '{node.Name}'.");
            bool dequantizesWeights = node.OpType == "DequantizeLinear" && constants.TryGetValue(node.Inputs[0], out Tensor? weights) && weights.Dimensions.Count >= WeightRank;
            if (dequantizesWeights)
                yield return new Finding(FindingSeverity.Warning, node.Name, $"The constant '{node.Inputs[0]}' is dequantized in every run.", "Exclude the node that reads it with --exclude.");
        }
    }
}
