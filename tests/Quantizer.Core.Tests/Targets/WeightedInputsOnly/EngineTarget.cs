using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Placement.Contract;
using Quantizer.Schemes;
using Quantizer.Targets.OnnxRuntimeCpu.Kernels;

namespace Quantizer.Core.Tests.Targets.WeightedInputsOnly;

/// <summary>
/// What TensorRT's import of quantized networks wants: signed symmetric activations, float biases, and QuantizeLinear and
/// DequantizeLinear on the inputs of weighted operators alone. A whole target in this folder: nothing else knows of it.
/// </summary>
internal sealed class EngineTarget()
    : Target("engine", "the engine", QuantizationScheme.Int8Symmetric, QuantizationScheme.Int8Symmetric, Rules)
{
    private static readonly OperatorForm[] Static = [new(NodeForm.Static, BiasForm.Float)];

    private static readonly OperatorRule[] Rules =
    [
        new("Conv", OperatorRole.Weighted, [0], WithoutConstantWeights)
        {
            WeightInput = 1,
            BiasInput = 2,
            ChannelAxis = _ => 0,
            CanWriteFloat = true,
            Forms = Static,
        },
        new("MatMul", OperatorRole.Weighted, [0], WithoutConstantWeights)
        {
            WeightInput = 1,
            ChannelAxis = _ => 1,
            CanWriteFloat = true,
            Forms = Static,
        },
    ];

    /// <summary>The tests run its files in ONNX Runtime.</summary>
    public override QuantizationScheme WeightsOf(NodeContext node, int input) =>
        PairSums.AreHere ? Weights with { Pairs = PairSums.Of(node.Node, node.Constant(input)!.Dimensions) } : Weights;

    public override RunningKernels KernelsOf(OnnxModel quantized) => new Reading(new GraphIndex(quantized.Graph));

    private static string? WithoutConstantWeights(NodeContext context) =>
        context.Constant(1) is null ? "its weights are not constant" : null;

    /// <summary>An engine builds integer kernels wherever both operands come out of a DequantizeLinear.</summary>
    private sealed class Reading(GraphIndex index) : RunningKernels
    {
        public override IReadOnlyList<Finding> Findings => [];

        public override string? KernelOf(Node node, string? integerWeights) =>
            node.Inputs.Count > 1 && node.Inputs.Take(2).All(input => index.ProducerOf(input) is { OpType: "DequantizeLinear" })
                ? $"Int8{node.OpType}"
                : node.OpType;

        public override bool MultipliesIntegers(string kernel) => kernel.StartsWith("Int8", StringComparison.Ordinal);
    }
}
