using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Reporting;

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
            [new("Conv", 21), new("Relu", 19), new("Softmax", 1)],
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
        );
}
