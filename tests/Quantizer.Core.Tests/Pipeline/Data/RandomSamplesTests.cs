using Quantizer.Findings;
using Quantizer.Reporting;

namespace Quantizer.Core.Tests.Pipeline.Data;

/// <summary>Runs that calibrate on random numbers.</summary>
public sealed class RandomSamplesTests
{
    [Fact]
    public void The_network_runs_on_integers_and_the_report_says_that_nothing_is_proved()
    {
        using BundledRun run = new(options => options with { CalibrationPaths = [], RandomSamples = 6 });
        QuantizationReport report = run.Report;

        Assert.Contains(report.Nodes, node => node is { OpType: "Conv", Decision: NodeDecision.Int8 });
        Assert.Equal((6, true), (report.Data.Calibration!.Samples, report.Data.Calibration.Random));
        Assert.True(report.Data.Evaluation!.Random);
        Assert.Equal("6", report.Options["random"]);
        Finding[] told = [.. report.Findings.Where(finding => finding.Message.Contains("random numbers", StringComparison.Ordinal))];
        Assert.Equal(["data", "accuracy"], told.Select(finding => finding.Subject));
        Assert.All(told, finding => Assert.Equal(FindingSeverity.Warning, finding.Severity));
        // Its floor is that of random numbers, so nothing is given back for it.
        Assert.Null(report.Floor);
    }

    [Fact]
    public void Held_out_data_judge_it_all_the_same()
    {
        using BundledRun run = new(options =>
            options with
            {
                CalibrationPaths = [],
                RandomSamples = 6,
                EvaluationPaths = [BundledRun.Pictures("val")],
            }
        );

        Assert.True(run.Report.Data.Calibration!.Random);
        Assert.False(run.Report.Data.Evaluation!.Random);
        Assert.Single(run.Report.Findings, finding => finding.Message.Contains("random numbers", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_seed_gives_the_same_file_and_another_one_another()
    {
        using BundledRun first = Seeded(1),
            again = Seeded(1),
            other = Seeded(2);

        Assert.Equal(File.ReadAllBytes(first.Report.Model.Output), File.ReadAllBytes(again.Report.Model.Output));
        Assert.NotEqual(File.ReadAllBytes(first.Report.Model.Output), File.ReadAllBytes(other.Report.Model.Output));

        static BundledRun Seeded(int seed) => new(options => options with { CalibrationPaths = [], RandomSamples = 4, Seed = seed });
    }
}
