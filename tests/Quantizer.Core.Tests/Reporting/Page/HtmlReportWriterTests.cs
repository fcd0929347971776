using System.Text;
using System.Text.RegularExpressions;
using Quantizer.Findings;
using Quantizer.Reporting;
using Quantizer.Reporting.Details;
using Quantizer.Reporting.Page;
using Quantizer.Reporting.Page.Sections;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Reporting.Page;

public sealed partial class HtmlReportWriterTests
{
    private const long MiB = 1 << 20;

    [Fact]
    public void A_report_with_everything_reads_as_approved() => GoldenFile.Equal("small.html", WithoutCode(Draw(SampleReports.Small)));

    [Fact]
    public void A_report_without_details_reads_as_approved() =>
        GoldenFile.Equal("classifier.html", WithoutCode(Draw(ExampleReports.Classifier)));

    [Fact]
    public void A_report_with_everything_has_every_section()
    {
        string page = Draw(SampleReports.Small);

        Assert.All(SectionOrder.All, section => Assert.Contains($"<section id=\"{section.Id}\"", page));
    }

    [Fact]
    public void Without_details_their_sections_are_left_out_and_the_page_says_how_to_get_them()
    {
        string page = Draw(ExampleReports.Classifier);

        Assert.All(
            ["error", "cost", "prediction", "changed", "latency", "histograms", "weights"],
            id => Assert.DoesNotContain($"id=\"{id}\"", page)
        );
        Assert.Contains("--report page.html", page);
    }

    [Fact]
    public void No_two_elements_have_the_same_id()
    {
        string[] ids = [.. Id().Matches(Draw(SampleReports.Small)).Select(id => id.Groups[1].Value)];

        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void Every_link_inside_of_the_page_has_its_target()
    {
        string page = Draw(SampleReports.Small);

        Assert.All(InnerLink().Matches(page), link => Assert.Contains($"id=\"{link.Groups[1].Value}\"", page));
    }

    [Fact]
    public void A_step_tells_what_it_gave_back_beside_the_former_and_long_lists_are_folded()
    {
        string[] nodes = [.. Enumerable.Range(0, 12).Select(node => $"/layer{node}/Conv")];
        QuantizationReport report = SampleReports.Small with
        {
            Floor = new FloorReport(
                0.9,
                FloorOutcome.PartlyFloat,
                nodes,
                [
                    new FloorStep(nodes[..2], FloorOutcome.Stored, 0.91, MeetsFloor: false),
                    new FloorStep(nodes, FloorOutcome.Stored, 0.95, MeetsFloor: false),
                    new FloorStep(nodes[1..3], FloorOutcome.PartlyFloat, 0.98, MeetsFloor: true),
                ]
            ),
        };

        string page = Draw(report);

        Assert.Contains("<details><summary>Given back to float: 12 nodes</summary>", page);
        Assert.Contains(">/layer0/Conv, /layer1/Conv</", page);
        Assert.Contains($">the former 2 and {string.Join(", ", nodes[2..10])} and 2 more</", page);
        Assert.Contains(">/layer1/Conv, /layer2/Conv</", page);
    }

    [Fact]
    public void Where_the_error_jumps_beyond_what_rounding_explains_the_page_says_so_and_names_the_cause()
    {
        QuantizationReport report = SampleReports.Small with
        {
            Details = SampleReports.Small.Details! with
            {
                Errors = [new TensorError("x", "", 40, 40, null), new TensorError("conv", "conv", 20, 40, null)],
            },
        };

        Assert.Contains(
            "falls to 20.0 dB, where all that came in and the rounding of its own node explain 37.0 dB: its node",
            Draw(report)
        );
        Assert.Contains(
            "the integer kernel cuts sums off (<a href=\"#findings\">QZ312</a>)",
            Draw(report with { Findings = [FindingKind.CutSums.Of("conv", "Cut off.", "")] })
        );
    }

    [Fact]
    public void The_bars_of_what_layers_cost_are_shares_of_the_costliest()
    {
        QuantizationReport report = SampleReports.Small with
        {
            Details = SampleReports.Small.Details! with
            {
                Costs = new OutputCosts(8, 2, [new LayerCost("a", 30, 2), new LayerCost("b", 40, null)], "", 29.5, 144.5, null),
            },
        };

        string page = Draw(report);
        string section = page[page.IndexOf("<section id=\"cost\"", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("</section>", StringComparison.Ordinal)];

        Assert.Equal(["0%", "0%", "100%", "100%", "10%"], BarWidth().Matches(section).Select(bar => bar.Groups[1].Value));
        Assert.Contains(">90.91 %<", section);
        Assert.Contains(">+2.0 dB<", section);
        Assert.Contains(">identical<", section);
        Assert.Contains("2 layers measured on 8 samples.", section);
        Assert.DoesNotContain("cost-advice", section);
    }

    [Theory]
    [InlineData("unpleasant")]
    [InlineData("small")]
    public void Names_from_a_model_cannot_open_an_element(string name)
    {
        string page = Draw(name == "small" ? SampleReports.Small : ExampleReports.Unpleasant);

        Assert.DoesNotContain("<b>bold", page);
        Assert.DoesNotContain("*<script>", page);
        Assert.DoesNotContain("</script><b>", page);
    }

    [Fact]
    public void The_page_allows_its_own_script_and_style_and_nothing_else()
    {
        string page = Draw(SampleReports.Small);

        string policy = Policy().Match(page).Groups[1].Value;
        Assert.StartsWith("default-src 'none'; img-src data:;", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotContain("://", Regex.Replace(page, "http://www.w3.org/2000/svg", ""));
        Assert.DoesNotContain(" style=", page);
        Assert.DoesNotContain(" onclick=", page);
    }

    [Fact]
    public void A_network_of_300_layers_with_pictures_takes_less_than_2_MiB() =>
        Assert.InRange(Encoding.UTF8.GetByteCount(Draw(SampleReports.Deep(300))), 1, 2 * MiB);

    [Fact]
    public void Lines_end_with_a_single_line_feed() => Assert.DoesNotContain('\r', Draw(ExampleReports.Unpleasant));

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("href=\"#([^\"]+)\"")]
    private static partial Regex InnerLink();

    [GeneratedRegex("<rect width=\"([0-9.E-]+%)\"")]
    private static partial Regex BarWidth();

    [GeneratedRegex("http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\"")]
    private static partial Regex Policy();

    /// <summary>Style and script are files that can be read as they are, and so are their hashes.</summary>
    private static string WithoutCode(string page) =>
        Regex.Replace(
            Regex.Replace(page, "(<style>|<script>).*?(</style>|</script>)", "$1$2", RegexOptions.Singleline),
            "sha256-[^']+",
            "sha256-"
        );

    private static string Draw(QuantizationReport report)
    {
        using MemoryStream stream = new();
        new HtmlReportWriter().Write(report, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
