using Quantizer.Findings;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>What the user should know, the worst first.</summary>
internal sealed class FindingsSection() : PageSection("findings", "Findings")
{
    public override bool IsIn(QuantizationReport report) => report.Findings.Count > 0;

    public override void Write(QuantizationReport report, PageText page)
    {
        page.Add($"<ul class=\"findings\">\n");
        foreach (Finding finding in report.Findings.OrderByDescending(finding => finding.Severity))
        {
            string word = finding.Severity == FindingSeverity.Info ? "note" : SeverityWords.Table.WordOf(finding.Severity);
            page.Add($"<li class=\"{word}\"><p><b class=\"severity\">{word}</b> ");
            if (finding.Code.Length > 0)
                page.Add($"<b>{finding.Code}</b> ");
            if (finding.Subject.Length > 0)
                page.Add($"<code>{finding.Subject}</code> ");
            page.Add($"{finding.Message}</p>");
            if (finding.Remedy.Length > 0)
                page.Add($"<p class=\"remedy\">{finding.Remedy}</p>");
            page.Add($"</li>\n");
        }
        page.Add($"</ul>\n");
    }
}
