using Quantizer.Reporting.Details;
using Quantizer.Reporting.Page.Tables;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>Which answers became which others.</summary>
internal sealed class ConfusionSection() : PageSection("confusions", "Which answers became which")
{
    public override bool IsIn(QuantizationReport report) => report.Details?.Confusions.Count > 0;

    public override void Write(QuantizationReport report, PageText page)
    {
        IReadOnlyList<ChangedAnswer> changes = report.Details!.Confusions;
        double most = changes.Max(change => change.Count);
        PageTable.Write(
            page,
            "confusion-table",
            "Changed answers, the most frequent first",
            [new("FP32"), new("INT8"), new("times", ColumnKind.Number), new("", ColumnKind.Bar)],
            changes,
            change => [change.Fp32, change.Int8, Cell.Count(change.Count), Cell.Bar(change.Count / most)]
        );
    }
}
