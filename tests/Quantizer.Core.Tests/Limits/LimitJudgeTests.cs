using Quantizer.Comparison.Tasks;
using Quantizer.Findings;
using Quantizer.Limits;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Limits;

public sealed class LimitJudgeTests
{
    private static QuantizationReport Classifier => ExampleReports.Classifier;

    [Theory]
    // 91.65 % against 91.60 %.
    [InlineData(0.05, LimitOutcome.Passed)]
    [InlineData(0.04, LimitOutcome.Missed)]
    public void A_drop_is_FP32_minus_INT8_of_the_figure_against_the_truth(double limit, LimitOutcome outcome)
    {
        LimitReport judged = Judge(Classifier, new LimitOptions { MaxDrop = limit });

        Assert.Equal((outcome, "points", "Top-1 accuracy, FP32 minus INT8"), (judged.Outcome, judged.Unit, judged.Figure));
        Assert.Equal(0.05, judged.Value!.Value, 9);
    }

    [Fact]
    public void A_missed_limit_is_a_finding_with_found_asked_by_how_much_and_what_helps()
    {
        QuantizationReport report = LimitJudge.Judge(Classifier, new LimitOptions { MaxDrop = 0.04 });

        Finding finding = report.Findings[0];
        Assert.Equal((FindingSeverity.Error, "--max-drop"), (finding.Severity, finding.Subject));
        Assert.Equal(
            "Top-1 accuracy, FP32 minus INT8 is 0.05 points; at most 0.04 points was asked for, and it misses that by 0.01 points.",
            finding.Message
        );
        Assert.Contains("The noisiest tensor is '/conv1/Conv_output_0' (38.9 dB): --exclude '/conv1/Conv_output_0'.", finding.Remedy);
        Assert.Equal("0.04", report.Options["max-drop"]);
        Assert.Equal(Classifier.Findings, report.Findings.Skip(1));
    }

    [Fact]
    public void A_drop_of_a_ratio_is_told_in_points_and_one_of_bits_the_other_way_round()
    {
        LimitReport detector = Judge(ExampleReports.Detector, new LimitOptions { MaxDrop = 0.5 });
        LimitReport tokens = Judge(WithFigure(new TaskFigure("Bits per token", FigureUnit.Bits, 2.1, 2.25, null)), new() { MaxDrop = 0.1 });

        Assert.Equal((LimitOutcome.Missed, "points"), (detector.Outcome, detector.Unit));
        Assert.Equal(0.68, detector.Value!.Value, 6);
        Assert.Equal((LimitOutcome.Missed, "bits"), (tokens.Outcome, tokens.Unit));
        Assert.Equal(0.15, tokens.Value!.Value, 6);
    }

    [Theory]
    [InlineData(99.1, LimitOutcome.Passed)]
    [InlineData(99.2, LimitOutcome.Missed)]
    public void Agreement_is_the_headline(double limit, LimitOutcome outcome) =>
        Assert.Equal(outcome, Judge(Classifier, new LimitOptions { MinAgreement = limit }).Outcome);

    [Fact]
    public void A_headline_that_is_no_share_has_no_agreement_but_a_figure()
    {
        Assert.Equal(LimitOutcome.Unknown, Judge(ExampleReports.Detector, new LimitOptions { MinAgreement = 90 }).Outcome);
        Assert.Equal(LimitOutcome.Passed, Judge(ExampleReports.Detector, new LimitOptions { MinFigure = 0.95 }).Outcome);
        Assert.Equal(LimitOutcome.Missed, Judge(ExampleReports.Regressor, new LimitOptions { MinFigure = 15 }).Outcome);
    }

    [Fact]
    public void Signal_over_error_is_that_of_the_worst_output_or_part()
    {
        LimitReport judged = Judge(ExampleReports.Detector, new LimitOptions { MinSqnr = 30 });

        Assert.Equal((29.1, LimitOutcome.Missed), (judged.Value, judged.Outcome));
        Assert.Contains("'output0: scores'", judged.Figure);
    }

    [Fact]
    public void Identical_outputs_keep_any_signal_over_error_and_what_is_no_number_none()
    {
        QuantizationReport identical = Classifier with { Outputs = [new OutputReport("y", null, 1)] },
            broken = Classifier with { Outputs = [new OutputReport("y", null, 1), new OutputReport("z", 1, 1, MedianDb: double.NaN)] };

        Assert.Equal(LimitOutcome.Passed, Judge(identical, new LimitOptions { MinSqnr = 99 }).Outcome);
        Assert.Equal(LimitOutcome.Unknown, Judge(broken, new LimitOptions { MinSqnr = 1 }).Outcome);
        QuantizationReport classes = identical with { Outputs = [new("class", 23.1, 0.998, MedianDb: 20) { EqualPercent = 99 }] };
        Assert.Equal(LimitOutcome.Unknown, Judge(classes, new LimitOptions { MinSqnr = 1 }).Outcome);
    }

    [Theory]
    // 2.588 ±0.083.
    [InlineData(2.6, LimitOutcome.Passed)]
    [InlineData(2.67, LimitOutcome.Passed)]
    [InlineData(2.68, LimitOutcome.Missed)]
    public void A_speed_up_misses_only_outside_of_its_spread(double limit, LimitOutcome outcome) =>
        Assert.Equal(outcome, Judge(Classifier, new LimitOptions { MinSpeedup = limit }).Outcome);

    [Fact]
    public void A_speed_measured_once_or_never_is_not_known()
    {
        QuantizationReport once = Classifier with { Latency = Classifier.Latency! with { Spread = double.PositiveInfinity } };

        Assert.Equal(LimitOutcome.Unknown, Judge(once, new LimitOptions { MinSpeedup = 1 }).Outcome);
        Assert.Equal(LimitOutcome.Unknown, Judge(ExampleReports.Unjudged, new LimitOptions { MinSpeedup = 1 }).Outcome);
    }

    [Fact]
    public void A_size_is_limited_in_bytes_or_as_a_share()
    {
        Assert.Equal(LimitOutcome.Passed, Judge(Classifier, new LimitOptions { MaxBytes = 324_010 }).Outcome);
        Assert.Equal(LimitOutcome.Missed, Judge(Classifier, new LimitOptions { MaxBytes = 324_009 }).Outcome);
        LimitReport share = Judge(Classifier, new LimitOptions { MaxShare = 0.29 });
        Assert.Equal((LimitOutcome.Missed, 29.0), (share.Outcome, share.Limit));
        Assert.Contains("is 29.36 %; at most 29.00 % was asked for, and it misses that by 0.3636 points.", share.Message);
    }

    [Fact]
    public void Figures_that_prove_nothing_pass_no_limit()
    {
        QuantizationReport random = Classifier with
        {
            Data = Classifier.Data with { Evaluation = Classifier.Data.Evaluation! with { Random = true } },
        };
        LimitOptions lenient = new()
        {
            MaxDrop = 100,
            MinAgreement = 0,
            MinFigure = 0,
            MinSqnr = -99,
        };

        foreach (QuantizationReport report in new[] { random, ExampleReports.Guessed, ExampleReports.Unjudged })
        {
            QuantizationReport judged = LimitJudge.Judge(report, lenient);
            Assert.Equal(4, judged.Limits.Count);
            Assert.All(judged.Limits, limit => Assert.Equal(LimitOutcome.Unknown, limit.Outcome));
            Assert.Equal(4, judged.Findings.Count(finding => finding.Severity == FindingSeverity.Error));
        }
    }

    [Fact]
    public void Without_limits_the_report_is_the_same() => Assert.Same(Classifier, LimitJudge.Judge(Classifier, new LimitOptions()));

    private static QuantizationReport WithFigure(TaskFigure figure) =>
        Classifier with
        {
            Task = Classifier.Task! with { Figures = [figure] },
        };

    private static LimitReport Judge(QuantizationReport report, LimitOptions options) =>
        Assert.Single(LimitJudge.Judge(report, options).Limits);
}
