using System.Text.RegularExpressions;
using Quantizer.Reporting;
using Quantizer.Reporting.Page.Inspections;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Reporting.Page.Inspections;

public sealed partial class HtmlInspectionWriterTests
{
    [Fact]
    public void A_measured_model_reads_as_approved() => GoldenFile.Equal("inspection.html", MainOf(ExampleInspections.Classifier));

    [Fact]
    public void A_model_with_open_sizes_reads_as_approved() => GoldenFile.Equal("inspection-open.html", MainOf(ExampleInspections.Open));

    [Fact]
    public void A_quantized_model_reads_as_approved() =>
        GoldenFile.Equal("inspection-quantized.html", MainOf(ExampleInspections.Quantized));

    [Fact]
    public void Names_from_a_model_cannot_open_an_element()
    {
        string page = HtmlInspectionWriter.ToText(ExampleInspections.Open);

        Assert.DoesNotContain("<script>alert", page);
        Assert.DoesNotContain("<i>slow", page);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page);
    }

    [Fact]
    public void Every_link_inside_of_the_page_has_its_target()
    {
        string page = HtmlInspectionWriter.ToText(ExampleInspections.Classifier);

        Assert.NotEmpty(InnerLink().Matches(page));
        Assert.All(InnerLink().Matches(page), link => Assert.Contains($"id=\"{link.Groups[1].Value}\"", page));
    }

    /// <summary>Style and script are the report's.</summary>
    private static string MainOf(ModelInspection inspection)
    {
        string page = HtmlInspectionWriter.ToText(inspection);
        return page[page.IndexOf("<body>", StringComparison.Ordinal)..page.LastIndexOf("<script>", StringComparison.Ordinal)];
    }

    [GeneratedRegex("href=\"#([^\"]+)\"")]
    private static partial Regex InnerLink();
}
