using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Placement;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Inspections;

/// <summary>Runs without calibration data.</summary>
public sealed class WithoutDataTests
{
    [Theory]
    [InlineData(ActivationMode.Automatic)]
    [InlineData(ActivationMode.Static)]
    public void Ranges_cannot_be_learnt_from_nothing_and_the_message_says_what_can_be_done(ActivationMode mode)
    {
        UsageException error = Assert.Throws<UsageException>(() =>
            new BundledRun(options => options with { CalibrationPaths = [], Activations = mode })
        );

        Assert.StartsWith("Option '--calib' is missing", error.Message);
        Assert.Contains("--activations dynamic has no node to run on integers in this model", error.Message);
        Assert.Contains("--activations none stores all weights as int8", error.Message);
        Assert.Contains("--random 64", error.Message);
    }

    [Fact]
    public void Weights_are_stored_and_nothing_is_judged()
    {
        using BundledRun run = new(options => options with { CalibrationPaths = [], Activations = ActivationMode.None });
        QuantizationReport report = run.Report;

        Assert.Null(report.Task);
        Assert.Null(report.Data.Evaluation);
        Assert.Empty(report.Outputs);
        Assert.NotNull(report.Latency);
        Assert.Contains(
            report.Findings,
            finding => finding.Subject == "accuracy" && finding.Message.EndsWith("measured on inputs of zeros.", StringComparison.Ordinal)
        );
        Assert.Contains(report.Nodes, node => node is { OpType: "Conv", Decision: NodeDecision.Stored });
        Assert.DoesNotContain(report.Nodes, node => node.Decision is NodeDecision.Int8 or NodeDecision.Dynamic);
        Assert.True(report.Size.Int8Bytes * 2 < report.Size.Fp32Bytes);
        Assert.Equal("none", report.Options["activations"]);
    }

    [Fact]
    public void Evaluation_data_judge_the_result()
    {
        using BundledRun run = new(options =>
            options with
            {
                CalibrationPaths = [],
                EvaluationPaths = [BundledRun.Pictures("val")],
                Activations = ActivationMode.None,
            }
        );

        Assert.Equal((BundledRun.Samples, true), (run.Report.Data.Evaluation!.Samples, run.Report.Data.Evaluation.HeldOut));
        Assert.True(run.Report.Outputs[0].SqnrDb > 30);
        Assert.True(run.Report.Task!.MeetsFloor);
    }

    [Fact]
    public void Labels_without_data_are_refused()
    {
        UsageException error = Assert.Throws<UsageException>(() =>
            new BundledRun(options => options with { CalibrationPaths = [], LabelsPath = "labels.txt", Activations = ActivationMode.None })
        );

        Assert.Contains("--eval", error.Message);
    }

    [Fact]
    public void A_model_that_takes_strings_is_told_so_instead_of_being_asked_for_data_of_any_kind()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("city.onnx");
        OnnxFile.Write(
            new GraphBuilder()
                .Input("x", [1, 64])
                .Input("city", ["N"], ElementType.String)
                .Constant("w", [64, 64], new float[64 * 64])
                .Node("MatMul", ["x", "w"], ["y"])
                .Output("y", [1, 64])
                .Build(),
            path
        );
        QuantizationOptions options = new() { ModelPath = path, CalibrationPaths = [] };

        foreach (
            QuantizationOptions asked in new[]
            {
                options,
                options with
                {
                    RandomSamples = 4,
                },
                options with
                {
                    CalibrationPaths = ["no.npz"],
                },
            }
        )
        {
            Assert.StartsWith(
                "The model's input 'city' takes strings",
                Assert.Throws<QuantizationException>(() => QuantizationPipeline.Quantize(asked)).Message,
                StringComparison.Ordinal
            );
        }
    }
}
