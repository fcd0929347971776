using Quantizer.Findings;
using Quantizer.Reporting;
using Quantizer.Reporting.Differences;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Reporting.Differences;

public sealed class DifferenceFinderTests
{
    private static readonly QuantizationReport Report = ExampleReports.Classifier;

    public static TheoryData<string> Examples => ReportReaderTests.Examples;

    [Fact]
    public void Nothing_differs_from_itself()
    {
        ReportDifference difference = Of(Report, Report with { Timing = new TimingReport(1, 2, 3, 4, 5, 6, 7, 8) });

        Assert.False(difference.Differs);
        Assert.Empty(difference.Nodes);
        Assert.Empty(difference.Tensors);
        Assert.All(difference.Figures, figure => Assert.False(figure.Differs));
    }

    [Fact]
    public void Figures_are_paired_by_name_and_those_of_one_alone_have_no_other()
    {
        ReportDifference difference = Of(Report, ExampleReports.Regressor);

        FigureDifference gone = difference.Figures.Single(figure => figure.Name == "Top-1 accuracy");
        Assert.Equal((91.6, null, true), (gone.Before, gone.After, gone.Differs));
        FigureDifference mask = difference.Figures.Single(figure => figure.Name == "SQNR of mask");
        Assert.False(mask.IsIdentityNull);
        Assert.True(difference.Differs);
    }

    [Fact]
    public void An_output_without_error_is_identical_and_not_missing()
    {
        QuantizationReport identical = Report with { Outputs = [Report.Outputs[0] with { SqnrDb = null }] };

        FigureDifference figure = Of(Report, identical).Figures.Single(figure => figure.Name == "SQNR of logits");

        Assert.Equal(("34.2 dB", "identical"), (DifferenceText.Of(figure, figure.Before), DifferenceText.Of(figure, figure.After)));
        Assert.True(figure.Differs);
    }

    [Theory]
    [InlineData(2.65, false, "no clear difference")]
    [InlineData(2.80, true, "faster")]
    [InlineData(2.30, true, "slower")]
    public void Speeds_are_only_told_apart_outside_of_both_spreads(double speedup, bool isClear, string verdict)
    {
        LatencyReport latency = Report.Latency! with { Speedup = speedup, Spread = 0.05 };

        ReportDifference difference = Of(Report, Report with { Latency = latency });

        Assert.Equal((isClear, verdict, isClear), (difference.Speed!.IsClear, DifferenceText.Change(difference.Speed), difference.Differs));
    }

    [Fact]
    public void Nodes_are_told_with_their_decision_reason_and_kernel()
    {
        NodeReport[] nodes =
        [
            Report.Nodes[0] with
            {
                Decision = NodeDecision.Float,
                Reason = "excluded",
                Kernel = "Conv",
            },
            Report.Nodes[1] with
            {
                Kernel = "Add",
            },
            Report.Nodes[2] with
            {
                Reason = "another",
            },
            new("new", "Relu", NodeDecision.Int8, "", null),
        ];

        IReadOnlyList<NodeDifference> changed = Of(Report, Report with { Nodes = nodes }).Nodes;

        Assert.Equal(
            [
                "int8 -> float: excluded; kernel QLinearConv -> Conv",
                "kernel QLinearAdd -> Add",
                "float, reason 'ONNX Runtime has no faster integer kernel for Softmax' -> 'another'",
                "new, int8",
                "gone, was float",
            ],
            changed.Select(DifferenceText.Change)
        );
        Assert.Equal("/head|1/Gemm", changed[^1].Name);
    }

    [Fact]
    public void Ranges_come_by_their_largest_ratio_and_those_without_one_last()
    {
        TensorReport[] tensors =
        [
            Report.Tensors[0] with
            {
                Scale = [0.0279855f],
            },
            Report.Tensors[2] with
            {
                Scale = [0.0012f, 0.0071f, 0.0022f],
            },
            Report.Tensors[1] with
            {
                Name = "renamed",
            },
        ];

        IReadOnlyList<TensorDifference> changed = Of(Report, Report with { Tensors = tensors }).Tensors;

        Assert.Equal(["conv1.weight", "input", "renamed", "/conv1/Conv_output_0"], changed.Select(tensor => tensor.Name));
        Assert.Equal(["2.000", "1.500", "-", "-"], changed.Select(DifferenceText.Ratio));
    }

    [Theory]
    [InlineData(115, "uint8", "minmax")]
    [InlineData(114, "int8", "minmax")]
    [InlineData(114, "uint8", "mse")]
    public void Zero_point_type_and_method_count(int zeroPoint, string type, string method)
    {
        TensorReport changed = Report.Tensors[0] with { ZeroPoint = zeroPoint, Type = type, Method = method };

        TensorDifference only = Assert.Single(Of(Report, Report with { Tensors = [changed, .. Report.Tensors.Skip(1)] }).Tensors);

        Assert.Equal(("input", 1.0), (only.Name, only.Ratio));
    }

    [Fact]
    public void A_finding_with_other_numbers_is_not_new()
    {
        Finding[] findings =
        [
            Report.Findings[1] with
            {
                Message = Report.Findings[1].Message.Replace("3.2 %", "41 %", StringComparison.Ordinal),
            },
            new(FindingSeverity.Error, "x", "Another one.", ""),
        ];

        ReportDifference difference = Of(Report, Report with { Findings = findings });

        Assert.Equal("Another one.", Assert.Single(difference.NewFindings).Message);
        Assert.Equal(Report.Findings[0], Assert.Single(difference.GoneFindings));
    }

    [Fact]
    public void Options_and_versions_are_told_and_where_the_file_went_is_not()
    {
        Dictionary<string, string> options = new(Report.Options)
        {
            ["method"] = "mse",
            ["output"] = "x.onnx",
            ["task"] = "",
        };

        ReportDifference difference = Of(Report, Report with { Options = options, Tool = Report.Tool with { OnnxRuntime = "2.0" } });

        Assert.Equal([new ValueDifference("method", "auto", "mse")], difference.Options);
        Assert.Equal([new ValueDifference("ONNX Runtime", "1.31.1", "2.0")], difference.Versions);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Any_two_reports_are_written_in_both_formats(string example)
    {
        QuantizationReport other = (QuantizationReport)typeof(ExampleReports).GetProperty(example)!.GetValue(null)!;
        ReportDifference difference = Of(Report, other);

        Assert.StartsWith("# `a.json` against `b.json`\n", MarkdownDifferenceWriter.ToText(difference));
        Assert.Contains("\"kind\": \"difference\"", JsonDifferenceWriter.ToText(difference));
    }

    [Fact]
    public void The_page_reads_as_approved() =>
        GoldenFile.Equal("difference.md", MarkdownDifferenceWriter.ToText(Of(Report, ExampleReports.Unpleasant)));

    private static ReportDifference Of(QuantizationReport before, QuantizationReport after) =>
        DifferenceFinder.Of(before, "a.json", after, "b.json");
}
