using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Reporting;
using Quantizer.Reporting.Inspections;

namespace Quantizer.Testing;

/// <summary>Inspections with fixed figures.</summary>
public static class ExampleInspections
{
    public static ModelInspection Classifier { get; } =
        new(
            "resnet20.onnx",
            1_103_442,
            "pytorch 2.1.0",
            7,
            13,
            272_474,
            [
                new TensorSignature(
                    "input",
                    ElementType.Float,
                    [new Dimension(null, "N"), new Dimension(3), new Dimension(32), Dimension.Unknown]
                ),
                new TensorSignature("mask", ElementType.Int64, null),
            ],
            [new TensorSignature("logits", ElementType.Float, [new Dimension(null, "N"), new Dimension(10)])],
            [new("Conv", 21), new("Relu", 19), new("Gemm", 1), new("Softmax", 1)],
            IsQuantized: false,
            Macs: 40_813_184,
            MacsAtLeast: 40_813_184,
            PercentPlaced: 99.84,
            [
                new NodeReport("/conv1/Conv", "Conv", NodeDecision.Int8, "", null),
                new NodeReport(
                    "/head/Softmax",
                    "Softmax",
                    NodeDecision.Float,
                    "ONNX Runtime has no faster integer kernel for Softmax",
                    null
                ),
                new NodeReport("/head/Exp", "Exp", NodeDecision.Float, "ONNX Runtime has no faster integer kernel for Exp", null),
            ],
            [new Finding(FindingSeverity.Warning, "mask", "The rank of this input is unknown.", "Export the model with shapes.")]
        )
        {
            Target = "ort-cpu",
            Shapes = new Dictionary<string, IReadOnlyList<long>> { ["input"] = [1, 3, 32, 32], ["mask"] = [1] },
            OperatorMacs = new Dictionary<string, long> { ["Conv"] = 40_812_544, ["Gemm"] = 640 },
            Costs =
            [
                new NodeCost("/conv1/Conv", 442_368, 1_792, 624),
                new NodeCost("/head/Softmax", 0, null, null),
                new NodeCost("/head/Exp", null, null, null),
            ],
            Expected = new ExpectedModel(293_130, 1_089_888, 281_034),
            Activations = new ActivationPeak(143_360, "/conv1/Conv", ""),
            Latency = new LatencyReport(1, 2.61, 0.94, 2.78, 0.05),
        };

    /// <summary>Sizes are open, so that little is known; names want to be markup.</summary>
    public static ModelInspection Open { get; } =
        Classifier with
        {
            Path = "a|<b>`.onnx",
            Macs = null,
            MacsAtLeast = 0,
            PercentPlaced = null,
            Shapes = new Dictionary<string, IReadOnlyList<long>>(),
            OperatorMacs = new Dictionary<string, long>(),
            Nodes = [new NodeReport("<script>alert(1)</script>|x", "Conv", NodeDecision.Stored, "<i>slow</i>", null) { StoredAs = "int8" }],
            Costs = [new NodeCost("<script>alert(1)</script>|x", null, 4_096, 1_104)],
            Activations = new ActivationPeak(null, "", "Input 'input' [N] leaves open 'N'. Give sizes with --shape input=N."),
            Latency = null,
        };

    /// <summary>Nothing more can be made of it.</summary>
    public static ModelInspection Quantized { get; } =
        Classifier with
        {
            IsQuantized = true,
            PercentPlaced = null,
            Expected = null,
            Activations = null,
            Latency = null,
            Costs = [.. Classifier.Costs.Select(cost => cost with { WeightBytes = null, Int8WeightBytes = null })],
        };
}
