using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Normalization;

namespace Quantizer.Targets.OnnxRuntimeCpu.Lowering;

/// <summary>
/// Rewrites parts of a network that have no fast kernel into equal ones that have. Exact in FP32 (but for the rounding of an average);
/// the FP32 reference stays the normalized model.
/// </summary>
internal static class LoweringPasses
{
    private static readonly Func<LoweringContext, bool>[] Passes = [JoinedActivations.Apply, ResidualGates.Apply, ScalarArithmetic.Apply];

    /// <summary>More work, which integers do faster than what float does in its place.</summary>
    private static readonly Func<LoweringContext, bool>[] IntegerPasses =
    [
        ShortcutConvolution.Apply,
        PoolConvolution.Apply,
        ChannelPadding.Apply,
    ];

    /// <param name="forIntegers">False where all arithmetic stays in float.</param>
    public static NormalizedModel Lower(NormalizedModel normalized, bool standardOnly, bool forIntegers)
    {
        OnnxModel lowered = ModelCopy.Of(normalized.Model);
        Graph graph = lowered.Graph;
        LoweringContext context = new(lowered, normalized.SampleTensors, normalized.UserNodes, standardOnly);
        bool changed = false;
        foreach (Func<LoweringContext, bool> pass in Passes.Concat(forIntegers ? IntegerPasses : []))
            changed |= pass(context);
        if (!changed)
            return normalized;
        HashSet<string> read = [.. graph.Nodes.SelectMany(GraphIndex.ReadBy), .. graph.Outputs.Select(output => output.Name)];
        graph.Initializers.RemoveAll(tensor => !read.Contains(tensor.Name));
        lowered.IrVersion = Math.Max(lowered.IrVersion, IrVersions.For(lowered.Opset));
        // Notes on inner tensors may no longer hold where channels were added, but for those that a Cast makes an output of.
        HashSet<string> outputs = [.. graph.Outputs.Select(output => output.Name)],
            given = [.. graph.Nodes.Where(node => node.Is("Cast") && outputs.Contains(node.Outputs[0])).Select(node => node.Inputs[0])];
        graph.ValueInfos.RemoveAll(note => !given.Contains(note.Name));
        return normalized with
        {
            Model = lowered,
            Tensors = TensorShapes.Of(lowered),
            SampleTensors = TensorShapes.OfBatch(lowered),
            UserNodes = context.UserNodes,
            JoinedTensors = context.JoinedTensors,
        };
    }
}
