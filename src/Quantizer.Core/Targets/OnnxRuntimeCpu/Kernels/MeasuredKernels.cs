using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Placement.Contract;

namespace Quantizer.Targets.OnnxRuntimeCpu.Kernels;

/// <summary>What ONNX Runtime's kernels take here for the nodes of a model.</summary>
internal static class MeasuredKernels
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(0.5);

    /// <param name="weightsOf">See <see cref="Target.TimesOf"/>.</param>
    /// <exception cref="QuantizationException">The model cannot be opened, or run on the inputs.</exception>
    public static NodeTimes TimesOf(
        OnnxModel model,
        Func<Node, string?> weightsOf,
        IReadOnlyDictionary<string, TensorValue> inputs,
        CancellationToken cancellation
    )
    {
        using OnnxModel saved = OptimizedGraph.Of(model);
        using OnnxModel optimized = NamedNodes.In(saved);
        KernelMap map = new(optimized.Graph);
        Dictionary<string, double> left = KernelProfile
            .MeasureOptimized(optimized, inputs, Longest, cancellation)
            .GroupBy(kernel => kernel.Node)
            .ToDictionary(kernels => kernels.Key, kernels => kernels.Sum(kernel => kernel.Milliseconds));
        Dictionary<string, double> ofNode = [];
        foreach (Node node in model.Graph.Nodes.Where(node => !IsBetween(node)))
        {
            // What several nodes became is the first one's.
            if (map.NodeOf(node, weightsOf(node)) is { } kernel && left.Remove(kernel.Name, out double milliseconds))
                ofNode[node.Name] = milliseconds;
        }
        return new NodeTimes(ofNode, left.Values.Sum());
    }

    private static bool IsBetween(Node node) => node.OpType is "QuantizeLinear" or "DequantizeLinear" or "DynamicQuantizeLinear";
}
