using Quantizer.Graphs;
using Quantizer.Placement.Contract;
using Quantizer.Schemes;
using Quantizer.Targets.OnnxRuntimeCpu.Kernels;
using Quantizer.Targets.OnnxRuntimeCpu.Rules;

namespace Quantizer.Core.Tests.Speed;

/// <summary>ONNX Runtime, by rules that put convolutions in integers which are slower there on every processor.</summary>
/// <param name="canTime">False: timing nodes fails.</param>
internal sealed class EagerTarget(bool canTime = true)
    : Target(
        "eager",
        "ONNX Runtime",
        QuantizationScheme.UInt8Asymmetric,
        QuantizationScheme.Int8Symmetric,
        [.. OperatorTable.Rules.Select(rule => rule with { Applies = null, WhyNotAlone = null, WhyNotLast = null })]
    )
{
    public override RunningKernels KernelsOf(OnnxModel quantized) => OptimizedKernels.Of(quantized);

    public override NodeTimes? TimesOf(
        OnnxModel model,
        Func<Node, string?> weightsOf,
        IReadOnlyDictionary<string, TensorValue> inputs,
        CancellationToken cancellation
    ) => canTime ? MeasuredKernels.TimesOf(model, weightsOf, inputs, cancellation) : throw new QuantizationException("no clock");
}
