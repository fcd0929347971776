using Quantizer.Findings;
using Quantizer.Pipeline;
using Quantizer.Placement;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline;

/// <summary>Runs in which only weights become integers.</summary>
public sealed class WeightsOnlyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_8_bits_the_file_is_the_one_without_forms_of_activations()
    {
        using BundledRun none = new(options => options with { CalibrationPaths = [], Activations = ActivationMode.None });
        using BundledRun eight = new(options => options with { CalibrationPaths = [], WeightsOnly = WeightStorage.Int8 });

        Assert.Equal(File.ReadAllBytes(none.Report.Model.Output), File.ReadAllBytes(eight.Report.Model.Output));
        Assert.Equal(("none", "int8"), (eight.Report.Options["activations"], eight.Report.Options["weights-only"]));
        Assert.Contains(eight.Report.Nodes, node => node is { Decision: NodeDecision.Stored, StoredAs: "int8" });
    }

    [SharedFolderFact]
    public void A_language_model_of_4_bits_is_a_sixth_and_tells_nearly_the_same()
    {
        QuantizationReport report = Run(keepsFloor: false, samples: 24);

        Assert.True(report.Size.Int8Bytes * 5.9 < report.Size.Fp32Bytes);
        // Measured: 23.9 dB, 23.0 dB without a search of scales.
        Assert.InRange(report.Outputs[0].SqnrDb!.Value, 23.2, 26);
        Assert.Equal(
            43,
            report.Nodes.Count(node => node is { OpType: "MatMul", Decision: NodeDecision.Stored, StoredAs: "int4", Kernel: "MatMulNBits" })
        );
        Assert.Contains(report.Nodes, node => node is { OpType: "Gather", Decision: NodeDecision.Stored, StoredAs: "int8" });
        Assert.Contains(
            report.Tensors,
            tensor => tensor.Type == "uint4" && tensor.Method.Contains("block of 32", StringComparison.Ordinal)
        );
        Assert.Contains(report.Findings, finding => finding.Message.Contains("43 of them in blocks of 4 bits", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Findings, finding => finding.Message.Contains("dequantized in every run", StringComparison.Ordinal));
    }

    [SharedFolderFact]
    public void Below_its_floor_what_costs_most_has_8_bits()
    {
        QuantizationReport report = Run(keepsFloor: true, samples: 24);

        Assert.True(report.Task!.MeetsFloor);
        Assert.Equal(FloorOutcome.PartlyFloat, report.Floor!.Outcome);
        Assert.True(report.Size.Int8Bytes * 4 < report.Size.Fp32Bytes);
        Assert.Contains(report.Nodes, node => node is { OpType: "MatMul", StoredAs: "int4" });
        Assert.Contains(
            report.Nodes,
            node => node is { OpType: "MatMul", StoredAs: "int8" } && node.Reason.StartsWith("in 8 bits", StringComparison.Ordinal)
        );
        Finding told = Assert.Single(report.Findings, finding => finding.Message.Contains("below its floor", StringComparison.Ordinal));
        Assert.Contains("are stored in 8 bits", told.Message);
    }

    private QuantizationReport Run(bool keepsFloor, int samples) =>
        QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = SharedFolder.Model("llama-bytes.onnx"),
                CalibrationPaths = [],
                EvaluationPaths = [SharedFolder.Data("bytes/val.npz")],
                EvaluationSamples = samples,
                OutputPath = _folder.File("out.onnx"),
                WeightsOnly = WeightStorage.Int4,
                KeepsFloor = keepsFloor,
                // However slow the machine.
                FloorTime = TimeSpan.FromHours(1),
                Threads = 1,
            }
        );
}
