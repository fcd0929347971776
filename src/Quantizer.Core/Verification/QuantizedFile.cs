using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Placement.Contract;
using Quantizer.Placement.Sites;

namespace Quantizer.Verification;

/// <summary>Reads from a quantized file of any tool what it meant to run on integers, and checks whether it does.</summary>
internal static class QuantizedFile
{
    /// <exception cref="QuantizationException">ONNX Runtime cannot open the model.</exception>
    public static VerificationResult Verify(OnnxModel model, Target target)
    {
        OnnxModel named = NamedNodes.In(model);
        GraphIndex index = new(named.Graph);
        IReadOnlyDictionary<string, TensorSignature> tensors = TensorShapes.OfBatch(named);
        List<NodePlacement> placements = [];
        foreach (Node node in named.Graph.Nodes)
        {
            long macs = target.RuleOf(node)?.Macs?.Invoke(new NodeContext(node, index, tensors)) ?? 0;
            bool isQuantized = node.Inputs.Count > 1 && IsDequantized(node.Inputs[0], index) && IsDequantized(node.Inputs[1], index);
            placements.Add(new NodePlacement(node.Name, node.OpType, macs > 0 && isQuantized ? NodeForm.Static : NodeForm.Float, "", macs));
        }
        return ModelVerifier.Verify(named, placements, target);
    }

    private static bool IsDequantized(string tensor, GraphIndex index) => index.ProducerOf(tensor) is { OpType: "DequantizeLinear" };
}
