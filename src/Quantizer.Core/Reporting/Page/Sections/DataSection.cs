using Quantizer.Reporting.Page.Tables;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>What data the figures stand on, and how they were prepared.</summary>
internal sealed class DataSection() : PageSection("data", "Data and preparation")
{
    public override bool IsIn(QuantizationReport report) => true;

    public override void Write(QuantizationReport report, PageText page)
    {
        DataReport data = report.Data;
        page.Add($"<dl class=\"facts\">\n");
        if (data.Calibration is { } calibration)
            page.Add($"<dt>Calibration</dt><dd>{DataText.Calibration(calibration)}</dd>\n");
        page.Add($"<dt>Evaluation</dt><dd>{DataText.Evaluation(data)}</dd>\n");
        if (report.Preprocessing is { } preparation)
        {
            page.Add($"<dt>Pictures</dt><dd>{PreprocessingText.Settings(preparation)}</dd>\n");
            page.Add($"<dt>Chosen by</dt><dd>{PreprocessingText.Reason(preparation)}</dd>\n");
            page.Add($"<dt>To fix it</dt><dd><code>{preparation.Flags}</code></dd>\n");
        }
        page.Add($"</dl>\n");
        SkippedFile[] skipped = [.. data.Calibration?.Skipped ?? [], .. data.Evaluation?.Skipped ?? []];
        PageTable.Write(
            page,
            "skipped",
            $"{FigureText.Count(skipped.Length, "file")} skipped",
            [new("file", ColumnKind.Name), new("reason", ColumnKind.Prose)],
            skipped,
            file => [file.File, file.Reason]
        );
    }
}
