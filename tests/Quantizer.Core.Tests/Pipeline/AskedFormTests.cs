using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Placement;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline;

/// <summary>Runs of a network none of whose layers gains by integers.</summary>
public class AskedFormTests
{
    [Theory]
    [InlineData(ActivationMode.Static, true)]
    [InlineData(ActivationMode.Dynamic, true)]
    [InlineData(ActivationMode.Automatic, false)]
    [InlineData(ActivationMode.None, false)]
    public void Integers_that_were_asked_for_and_not_made_are_told(ActivationMode mode, bool isTold)
    {
        using TemporaryFolder folder = new();
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 64])
            .MatMul("a", "x", 64, 64)
            .Node("Tanh", ["a"], ["t"])
            .MatMul("y", "t", 64, 64)
            .Output("y")
            .Build();
        OnnxFile.Write(model, folder.File("model.onnx"));

        QuantizationReport report = QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = folder.File("model.onnx"),
                CalibrationPaths = [],
                RandomSamples = 8,
                OutputPath = folder.File("int8.onnx"),
                Activations = mode,
            }
        );

        Assert.Equal(2, report.Nodes.Count(node => node.Decision == NodeDecision.Stored));
        Assert.Equal(isTold, report.Findings.Any(finding => finding.Code == "QZ212"));
    }
}
