using Quantizer.Reporting.Page.Tables;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>What the result was asked to keep, and whether it does.</summary>
internal sealed class LimitsSection() : PageSection("limits", "Limits")
{
    public override bool IsIn(QuantizationReport report) => report.Limits.Count > 0;

    public override void Write(QuantizationReport report, PageText page) =>
        PageTable.Write(
            page,
            "limit-table",
            "What was asked for on the command line",
            [
                new("limit", ColumnKind.Name),
                new("outcome", ColumnKind.Text),
                new("asked", ColumnKind.Number),
                new("found", ColumnKind.Number),
                new("figure", ColumnKind.Text),
            ],
            report.Limits,
            limit =>
                [
                    limit.Subject,
                    ReportWords.Limits.WordOf(limit.Outcome),
                    new Cell(LimitText.Asked(limit), limit.Limit),
                    new Cell(LimitText.Found(limit), limit.Value ?? double.NegativeInfinity),
                    limit.Figure,
                ]
        );
}
