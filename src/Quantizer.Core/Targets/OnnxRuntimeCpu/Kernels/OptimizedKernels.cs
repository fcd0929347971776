using Quantizer.Execution;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Placement.Contract;

namespace Quantizer.Targets.OnnxRuntimeCpu.Kernels;

/// <summary>The kernels of the graph that ONNX Runtime optimized a model to.</summary>
internal sealed class OptimizedKernels : RunningKernels
{
    /// <summary>A convolution or matrix product by constant weights has at least this rank; fewer are scales and biases.</summary>
    private const int WeightRank = 2;

    private readonly KernelMap _map;
    private readonly HashSet<string> _integers;

    private OptimizedKernels(Graph optimized, IReadOnlyList<Finding> findings)
    {
        _map = new KernelMap(optimized);
        _integers = QuantizedTensors.Of(optimized);
        Findings = findings;
    }

    public override IReadOnlyList<Finding> Findings { get; }

    /// <summary>Of a model that only stores integers, where optimizing it would hold all of its weights several times, what is written:
    /// float stays float.</summary>
    /// <exception cref="QuantizationException">ONNX Runtime cannot open the model.</exception>
    public static OptimizedKernels Of(OnnxModel quantized)
    {
        if (FoldedConstants.AreMuch(quantized))
        {
            InferenceModel.LoadToInspect(quantized, FoldedConstants.OptionsFor(quantized)).Dispose();
            return new OptimizedKernels(quantized.Graph, []);
        }
        using OnnxModel saved = OptimizedGraph.Of(quantized);
        Graph optimized = saved.Graph;
        return new OptimizedKernels(
            optimized,
            [.. FindingsOf(optimized), .. PairSums.AreHere ? CutSums.In(optimized, quantized.Graph) : []]
        );
    }

    public override string? KernelOf(Node node, string? integerWeights) => _map.KernelOf(node, integerWeights);

    public override bool MultipliesIntegers(string kernel) => IntegerKernels.Multiplies(kernel);

    public override bool WritesFloat(string kernel) => kernel == IntegerKernels.ProductInFloat;

    public override bool IsOnIntegers(Node node, string? integerWeights) =>
        _map.NodeOf(node, integerWeights) is { OpType: not ("QuantizeLinear" or "DequantizeLinear") } kernel
        && (IntegerKernels.Multiplies(kernel.OpType) || kernel.Inputs.Concat(kernel.Outputs).Any(_integers.Contains));

    private static IEnumerable<Finding> FindingsOf(Graph optimized)
    {
        Dictionary<string, Tensor> constants = optimized.Initializers.ToDictionary(tensor => tensor.Name);
        GraphIndex index = new(optimized);
        foreach (Node node in optimized.Nodes)
        {
            if (IntegerKernels.Slowness(node, index) is { } slowness)
            {
                yield return FindingKind.SlowKernel.Of(
                    node.Name,
                    $"{node.OpType} runs at {slowness}.",
                    $"Exclude it with --exclude '{node.Name}'."
                );
            }

            bool dequantizesWeights =
                node.OpType == "DequantizeLinear"
                && constants.TryGetValue(node.Inputs[0], out Tensor? weights)
                && weights.Dimensions.Count >= WeightRank;
            if (dequantizesWeights)
            {
                yield return FindingKind.DequantizedInEveryRun.Of(
                    node.Name,
                    $"The constant '{node.Inputs[0]}' is dequantized in every run.",
                    "Exclude the node that reads it with --exclude."
                );
            }
        }
    }
}
