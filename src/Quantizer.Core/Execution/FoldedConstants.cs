using Quantizer.Graphs;

namespace Quantizer.Execution;

/// <summary>
/// Constants that a file stores as integers and ONNX Runtime turns back into float when it optimizes the model: then it holds them twice
/// or three times. A model of which that is much is opened as it is written wherever only its being sound is in question.
/// </summary>
internal static class FoldedConstants
{
    private const long Much = 1L << 30;

    /// <summary>Whether all arithmetic is in float, by constants that are much in float.</summary>
    public static bool AreMuch(OnnxModel model)
    {
        Dictionary<string, Tensor> constants = [];
        // Of other makers' files nothing is sure: names may come twice, and nodes may read nothing.
        foreach (Tensor tensor in model.Graph.Initializers)
            constants[tensor.Name] = tensor;
        long bytes = 0;
        foreach (Node node in model.Graph.EveryNode)
        {
            if (node.OpType is "Cast" or "DequantizeLinear" && constants.TryGetValue(node.Inputs.FirstOrDefault(""), out Tensor? stored))
                bytes += stored.ElementCount * sizeof(float);
            else if (ComputesOnIntegers(node))
                return false;
        }
        return bytes > Much;
    }

    /// <summary>To open a model by, to see whether it is sound.</summary>
    public static ExecutionOptions OptionsFor(OnnxModel model) =>
        AreMuch(model) ? new ExecutionOptions { Level = OptimizationLevel.None, DisablePrepacking = true } : new ExecutionOptions();

    private static bool ComputesOnIntegers(Node node) =>
        node.OpType.Contains("Integer", StringComparison.Ordinal) || node.OpType.Contains("Quantize", StringComparison.OrdinalIgnoreCase);
}
