using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Work;

namespace Quantizer.Verification;

/// <summary>Reads from a quantized file of any tool what it meant to run on integers, and checks whether it does.</summary>
internal static class QuantizedFile
{
    /// <param name="sample">What the model is fed with, for the sizes of its tensors; null: those that it declares.</param>
    /// <exception cref="QuantizationException">ONNX Runtime cannot open the model.</exception>
    public static VerificationResult Verify(OnnxModel model, Target target, IReadOnlyDictionary<string, TensorValue>? sample)
    {
        OnnxModel named = NamedNodes.In(model);
        GraphIndex index = new(named.Graph);
        IReadOnlyDictionary<string, TensorSignature> tensors = TensorShapes.OfBatch(named);
        WorkCount work = WorkCount.Of(named.Graph, SampleShapes.Of(named, tensors, sample));
        List<NodePlacement> placements = [];
        foreach (Node node in named.Graph.Nodes)
        {
            bool isQuantized =
                work[node.Name] is not 0 && (ReadsDequantized(node, index) || node.Inputs.Any(input => IsIntegers(input, tensors)));
            placements.Add(new NodePlacement(node.Name, node.OpType, isQuantized ? NodeForm.Static : NodeForm.Float, ""));
        }
        return ModelVerifier.Verify(named, placements, target, work);
    }

    private static bool ReadsDequantized(Node node, GraphIndex index) =>
        node.Inputs.Count > 1 && IsDequantized(node.Inputs[0], index) && IsDequantized(node.Inputs[1], index);

    /// <summary>As for the operators on integers themselves: QLinearConv, MatMulInteger.</summary>
    private static bool IsIntegers(string tensor, IReadOnlyDictionary<string, TensorSignature> tensors) =>
        tensors.TryGetValue(tensor, out TensorSignature? signature) && signature.Type is (ElementType.Int8 or ElementType.UInt8);

    private static bool IsDequantized(string tensor, GraphIndex index) => index.ProducerOf(tensor) is { OpType: "DequantizeLinear" };
}
