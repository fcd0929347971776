using Quantizer.Findings;
using Quantizer.Reporting;
using Quantizer.Reporting.Texts;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Reporting.Texts;

public sealed class VerdictTextTests
{
    [Fact]
    public void What_is_good_in_every_respect_is_worth_taking()
    {
        QuantizationReport report = ExampleReports.Classifier;

        Assert.Equal(
            "INT8 keeps the floor of its task (Same top class: 99.10 %), is 2.59x faster (±0.08) and 3.41x smaller.",
            VerdictText.Of(report)
        );
        Assert.Equal("Worth taking", VerdictText.Short(report));
        Assert.True(VerdictText.IsGood(report));
    }

    [Fact]
    public void What_speaks_against_it_stands_behind_but()
    {
        QuantizationReport report = ExampleReports.Regressor;

        Assert.Equal(
            "INT8 is 3.41x smaller, but falls short in its task (Median SQNR of 'depth': 14.3 dB, below the floor of 15.0 dB) and is 1.39x "
                + "slower (±0.02).",
            VerdictText.Of(report)
        );
        Assert.Equal("Below its floor", VerdictText.Short(report));
    }

    [Fact]
    public void Missed_limits_speak_against_it()
    {
        QuantizationReport report = ExampleReports.Limited;

        Assert.EndsWith(", but misses 2 of 3 limits.", VerdictText.Of(report));
        Assert.Equal("Misses a limit", VerdictText.Short(report));
        Assert.True(VerdictText.IsBad(report));
    }

    [Fact]
    public void A_speed_up_within_its_spread_is_no_gain()
    {
        QuantizationReport report = ExampleReports.Guessed;

        Assert.EndsWith("but shows no clear difference (1.02x ±0.04) in speed.", VerdictText.Of(report));
        Assert.Equal("A trade", VerdictText.Short(report));
        Assert.False(VerdictText.IsGood(report));
    }

    [Fact]
    public void Without_data_nothing_is_said_of_answers_and_speed()
    {
        Assert.Equal("INT8 is 3.41x smaller, but was not judged, for want of data.", VerdictText.Of(ExampleReports.Unjudged));
        Assert.Equal("Not judged", VerdictText.Short(ExampleReports.Unjudged));
    }

    [Fact]
    public void The_same_file_is_as_fast_and_as_large()
    {
        QuantizationReport report = ExampleReports.Classifier with
        {
            Latency = new LatencyReport(1, 2, 2, 1, 0),
            Size = new SizeReport(100, 100),
        };

        Assert.EndsWith("but is as fast and as large.", VerdictText.Of(report));
    }

    [Fact]
    public void An_error_among_the_findings_outweighs_all_figures()
    {
        QuantizationReport report = ExampleReports.Classifier with
        {
            Findings = [new Finding(FindingSeverity.Error, "x", "It does not run.", "")],
        };

        Assert.Equal("Cannot be used as it is", VerdictText.Short(report));
        Assert.True(VerdictText.IsBad(report));
        Assert.False(VerdictText.IsGood(report));
    }
}
