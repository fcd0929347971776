using Quantizer.Comparison.Tasks;
using Quantizer.Core.Tests.Pipeline;
using Quantizer.Limits;
using Quantizer.Pipeline;
using Quantizer.Placement;
using Quantizer.Reporting;

namespace Quantizer.Core.Tests.Limits;

/// <summary>Limits in whole runs on a bundled network.</summary>
public sealed class LimitedRunTests
{
    [Fact]
    public void Each_limit_of_a_run_is_judged_by_its_own_figures()
    {
        using BundledRun run = new(options =>
            options with
            {
                Limits = new LimitOptions
                {
                    MaxDrop = 50,
                    MinAgreement = 50,
                    MinSqnr = 500,
                    MaxShare = 0.5,
                },
            }
        );

        Assert.Equal(
            [LimitOutcome.Passed, LimitOutcome.Passed, LimitOutcome.Missed, LimitOutcome.Passed],
            run.Report.Limits.Select(limit => limit.Outcome)
        );
        Assert.Equal(100.0 * run.Report.Size.Int8Bytes / run.Report.Size.Fp32Bytes, run.Report.Limits[3].Value);
        Assert.Equal("--min-sqnr", run.Report.Findings[0].Subject);
    }

    [Fact]
    public void Limits_on_answers_are_refused_before_the_work_where_nothing_proves_them()
    {
        AssertRefused(
            options =>
                options with
                {
                    CalibrationPaths = [],
                    RandomSamples = 8,
                    Limits = new() { MinAgreement = 90 },
                },
            "figures on random numbers prove nothing"
        );
        AssertRefused(
            options =>
                options with
                {
                    CalibrationPaths = [],
                    Activations = ActivationMode.None,
                    Limits = new() { MinSqnr = 9 },
                },
            "there are no data to compare the models on"
        );
        AssertRefused(
            options =>
                options with
                {
                    Judging = new() { Task = TaskKind.Values },
                    Limits = new() { MinAgreement = 9 },
                },
            "the task 'values' is not judged by a share of answers. Use --min-figure"
        );
        AssertRefused(
            options =>
                options with
                {
                    Judging = new() { Task = TaskKind.Values },
                    Limits = new() { MaxDrop = 9 },
                },
            "no right answers are known. The task 'values' has none."
        );
    }

    [Fact]
    public void A_limit_that_cannot_be_meant_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantize(new LimitOptions { MaxDrop = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantize(new LimitOptions { MinAgreement = 101 }));
        Assert.Throws<ArgumentException>(() => Quantize(new LimitOptions { MaxBytes = 5, MaxShare = 0.1 }));
    }

    private static void Quantize(LimitOptions limits) => QuantizationPipeline.Quantize(BundledRun.Plain with { Limits = limits });

    private static void AssertRefused(Func<QuantizationOptions, QuantizationOptions> change, string reason)
    {
        UsageException error = Assert.Throws<UsageException>(() => new BundledRun(change));

        Assert.Contains(reason, error.Message);
    }
}
