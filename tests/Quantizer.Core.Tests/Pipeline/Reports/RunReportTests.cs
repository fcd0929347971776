using Quantizer.Calibration.Statistics;
using Quantizer.Graphs.Serialization;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Reporting;

namespace Quantizer.Core.Tests.Pipeline.Reports;

/// <summary>What a run tells is what it did.</summary>
public sealed class RunReportTests(PlainRun plain) : IClassFixture<PlainRun>
{
    private BundledRun Plain => plain.Run;

    [Fact]
    public void The_options_in_the_report_are_the_ones_that_were_used()
    {
        IReadOnlyDictionary<string, string> options = Plain.Report.Options;

        Assert.Equal(BundledRun.Pictures("calib"), options["calib"]);
        Assert.Equal(Plain.Options.OutputPath, options["output"]);
        Assert.Equal("24", options["samples"]);
        Assert.Equal("24", options["eval-samples"]);
        Assert.Equal(
            ("minmax", "minmax", "exact", "per-channel"),
            (options["method"], options["weight-ranges"], options["statistics"], options["weights"])
        );
        Assert.Equal("", options["exclude"]);
        Assert.Equal("ort-cpu", options["target"]);
    }

    [Fact]
    public void Lists_and_words_arrive_in_the_options_as_they_were_given()
    {
        using BundledRun run = new(options =>
            options with
            {
                Include = ["/block*", "/last*"],
                Exclude = ["/block1*", "/block2*"],
                ExcludeOpTypes = ["Add", "Clip"],
                StandardOnly = true,
                Seed = 3,
                Threads = 2,
                BatchSize = 2,
                Statistics = StatisticsMode.Sampled,
                WeightGranularity = WeightGranularity.PerTensor,
                Method = RangeMethod.Entropy,
            }
        );

        IReadOnlyDictionary<string, string> options = run.Report.Options;
        Assert.Equal("true", options["standard-only"]);
        Assert.Equal(("/block* /last*", "/block1* /block2*", "Add Clip"), (options["include"], options["exclude"], options["exclude-op"]));
        Assert.Equal(("3", "2", "2"), (options["seed"], options["threads"], options["batch"]));
        Assert.Equal(("sampled", "per-tensor", "entropy"), (options["statistics"], options["weights"], options["method"]));
    }

    [Fact]
    public void The_file_written_is_the_plan_that_was_reported()
    {
        using Graphs.OnnxModel written = OnnxFile.Read(Plain.Options.OutputPath!);
        float[] scales =
        [
            .. written
                .Graph.Initializers.Where(tensor => tensor.Type == Graphs.ElementType.Float && tensor.ElementCount == 1)
                .Select(tensor => tensor.Values<float>()[0]),
        ];

        Assert.NotEmpty(Plain.Activations);
        Assert.All(Plain.Activations, tensor => Assert.Contains(tensor.Scale[0], scales));
        Assert.Equal(new FileInfo(Plain.Options.OutputPath!).Length, Plain.Report.Size.Int8Bytes);
        Assert.Equal(Plain.Options.OutputPath, Plain.Report.Model.Output);
    }

    [Fact]
    public void Stages_are_told_in_the_order_of_the_dataflow_with_their_steps()
    {
        string[] order =
        [
            "Reading the model",
            "Preparing the data",
            "Calibrating",
            "Verifying",
            "Writing the model",
            "Comparing",
            "Measuring latency",
        ];

        // Where integers gain little, more than one choice of nodes is timed.
        Assert.Equal(order, Plain.Heard.Stages.Select(stage => stage.Name).Where(order.Contains).Distinct());
        Assert.Equal(BundledRun.Samples, Plain.Heard.Stages.Single(stage => stage.Name == "Calibrating").Steps);
        Assert.Equal(BundledRun.Samples, Plain.Heard.Stages.Single(stage => stage.Name == "Comparing").Steps);
    }

    [Fact]
    public void The_times_of_the_stages_are_theirs()
    {
        TimingReport timing = Plain.Report.Timing;

        Assert.All(
            [timing.DecodeMs, timing.InferenceMs, timing.StatisticsMs, timing.RewriteMs, timing.VerifyMs],
            time => Assert.InRange(time, double.Epsilon, timing.TotalMs)
        );
    }

    [Fact]
    public void Few_samples_and_figures_on_calibration_data_are_told()
    {
        using BundledRun run = new(options => options with { Samples = 36, EvaluationPaths = [BundledRun.Pictures("val")] });

        Assert.Contains(Plain.Report.Findings, finding => finding.Message.Contains($"Only {BundledRun.Samples} calibration samples"));
        Assert.Contains(Plain.Report.Findings, finding => finding.Message.Contains("on the calibration data"));
        Assert.DoesNotContain(run.Report.Findings, finding => finding.Subject == "data");
    }

    [Fact]
    public void Nothing_quantized_is_told()
    {
        using BundledRun run = new(options => options with { Exclude = ["*"] });

        Assert.Contains(
            run.Report.Findings,
            finding => finding.Subject == "placement" && finding.Message.StartsWith("Nothing was quantized", StringComparison.Ordinal)
        );
        Assert.Empty(run.Report.Tensors);
        Assert.Equal(0, run.Report.Data.Calibration!.Samples);
        Assert.DoesNotContain("Calibrating", run.Heard.Stages.Select(stage => stage.Name));
        Assert.DoesNotContain(Plain.Report.Findings, finding => finding.Subject == "placement");
    }

    [Fact]
    public void Outputs_that_differ_much_are_told()
    {
        // Two fifths of what every tensor holds are clipped.
        using BundledRun run = new(options => options with { Method = RangeMethod.Percentile(60), KeepsFloor = false });

        Assert.True(run.Report.Accuracy!.Agreement < 95, $"{run.Report.Accuracy.Agreement} % agree.");
        Assert.Contains(run.Report.Findings, finding => finding.Subject == "accuracy" && finding.Message.Contains("agree on only"));
        Assert.DoesNotContain(Plain.Report.Findings, finding => finding.Message.Contains("agree on only"));
    }
}
