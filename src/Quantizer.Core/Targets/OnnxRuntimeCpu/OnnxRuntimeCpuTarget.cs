using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Schemes;
using Quantizer.Targets.OnnxRuntimeCpu.Edits;
using Quantizer.Targets.OnnxRuntimeCpu.Kernels;
using Quantizer.Targets.OnnxRuntimeCpu.Lowering;
using Quantizer.Targets.OnnxRuntimeCpu.Rules;

namespace Quantizer.Targets.OnnxRuntimeCpu;

/// <summary>
/// ONNX Runtime's CPU kernels (x86-64 and ARM64), as measured with version 1.31.1: unsigned asymmetric activations, signed
/// symmetric weights per output channel, int32 biases (in float where a matrix product on integers writes float).
/// </summary>
/// <param name="addsInPairs">Whether its kernels add pairs of products in 16 bits, so that weights must fit beside each other.</param>
internal sealed class OnnxRuntimeCpuTarget(string name, Func<bool> addsInPairs)
    : Target(name, "ONNX Runtime", QuantizationScheme.UInt8Asymmetric, QuantizationScheme.Int8Symmetric, OperatorTable.Rules)
{
    public override IReadOnlyList<PatternRule> Patterns => PatternTable.Rules;

    public override IReadOnlyDictionary<string, string> OwnOperators => Rules.OwnOperators.Gains;

    public override bool AddsBiasInProduct => true;

    public override IReadOnlyList<StoredRule> StoredWeights => StoredTable.Rules;

    public override QuantizationScheme WeightsOf(NodeContext node, int input) =>
        addsInPairs() ? Weights with { Pairs = PairSums.Of(node.Node, node.Constant(input)!.Dimensions) } : Weights;

    public override NormalizedModel Lower(NormalizedModel model, PlacementOptions options) =>
        LoweringPasses.Lower(model, options.StandardOnly, forIntegers: options.Activations != ActivationMode.None);

    public override bool Absorbs(QuantizationParameters parameters, ValueRange clamp) => ClampCondition.Holds(parameters, clamp);

    public override TargetEdits EditsFor(PlacedGraph placed) => HazardFinder.Find(placed, this);

    public override RunningKernels KernelsOf(OnnxModel quantized) => OptimizedKernels.Of(quantized);

    public override NodeTimes? TimesOf(
        OnnxModel model,
        Func<Node, string?> weightsOf,
        IReadOnlyDictionary<string, TensorValue> inputs,
        CancellationToken cancellation
    ) => MeasuredKernels.TimesOf(model, weightsOf, inputs, cancellation);
}
