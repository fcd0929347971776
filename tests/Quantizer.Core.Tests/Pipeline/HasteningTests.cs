using Quantizer.Core.Tests.Speed;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Ranges.Selectors;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline;

public sealed class HasteningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nodes_that_another_run_found_faster_in_float_are_so_again_and_told()
    {
        SpeedReport known = new(["Conv_b"], Before: 0.9, After: 1.2);

        QuantizationReport report = Run("one.onnx", known),
            again = Run("two.onnx", report.Speed);

        NodeReport node = Assert.Single(report.Nodes, node => node.Decision != NodeDecision.Int8);
        Assert.Equal(("Conv_b", NodeDecision.Stored), (node.Name, node.Decision));
        Assert.Equal("measured on this processor: with it in integers the network takes longer", node.Reason);
        Assert.Contains(
            report.Findings,
            finding =>
                finding.Code == "QZ109"
                && finding.Message
                    == "Of 1 node integers took longer than float on this processor ('Conv_b'), and they compute in float: "
                        + "1.20x instead of 0.90x."
        );
        Assert.Equal(report.Manifest!.Int8Sha256, again.Manifest!.Int8Sha256);
    }

    [Fact]
    public void Integers_that_are_to_be_kept_are_not_measured() => Assert.Null(Run("kept.onnx", known: null).Speed);

    private QuantizationReport Run(string output, SpeedReport? known)
    {
        OnnxFile.Write(ThreeConvolutions.Build(), _folder.File("model.onnx"));
        _folder.Write("x.npz", DataFiles.Npz("x", [1, 32, 16, 16], [.. ThreeConvolutions.Rows(4)]));
        return QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = _folder.File("model.onnx"),
                CalibrationPaths = [_folder.File("x.npz")],
                OutputPath = _folder.File(output),
                Method = RangeMethod.MinMax,
                SlowIntegers = SlowIntegers.Kept,
                KnownSpeed = known,
            }
        );
    }
}
