using Quantizer.Reporting.Page.Sections;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page;

/// <summary>The report as a page.</summary>
internal sealed class HtmlReportWriter : IReportWriter
{
    public string Format => "HTML";

    /// <inheritdoc/>
    public void Write(QuantizationReport report, Stream output) =>
        PageFrame.Write(
            new PageContent(
                $"{Path.GetFileName(report.Model.Output)}: {VerdictText.Short(report).ToLowerInvariant()}",
                "Verdict",
                page => VerdictHeader.Write(report, page),
                [
                    .. SectionOrder
                        .All.Where(section => section.IsIn(report))
                        .Select(section => new PagePart(section.Id, section.Title, page => section.Write(report, page))),
                ],
                page => PageFoot.Write(report, page),
                PageData.Of(report)
            ),
            output
        );
}
