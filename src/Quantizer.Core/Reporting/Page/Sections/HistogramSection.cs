using Quantizer.Reporting.Details;
using Quantizer.Reporting.Page.Tables;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>What calibration saw, and where each way to choose ranges would cut it off.</summary>
internal sealed class HistogramSection() : PageSection("histograms", "Values and ranges")
{
    private static readonly Column[] Why = [new("why not the best expected", ColumnKind.Prose)];
    private static readonly Column[] NoColumns = [];
    private static readonly Cell[] NoCells = [];

    public override bool IsIn(QuantizationReport report) => report.Details?.Histograms.Count > 0;

    public override void Write(QuantizationReport report, PageText page)
    {
        IReadOnlyList<TensorHistogram> histograms = report.Details!.Histograms;
        page.Add($"<p>How often each value was seen (log scale), the range that each selector proposes, and the grid that was taken: ");
        page.Add($"what lies outside of the shaded range is clipped, and inside of it rounded to a step.</p>\n");
        page.Add($"<div class=\"gallery\" data-plots=\"histograms\"></div>\n");
        string[] methods = [.. histograms.SelectMany(histogram => histogram.Thresholds).Select(threshold => threshold.Method).Distinct()];
        (TensorHistogram Histogram, string Reason)[] rows = [.. histograms.Select(row => (row, RangeReason.Of(row, report)))];
        bool hasReasons = rows.Any(row => row.Reason.Length > 0);
        PageTable.Write(
            page,
            "ranges",
            "Signal over error that each selector expects of its range",
            [
                new("tensor", ColumnKind.Name),
                new("chosen"),
                .. hasReasons ? Why : NoColumns,
                new("zeros", ColumnKind.Number),
                .. methods.Select(method => new Column(method, ColumnKind.Number)),
            ],
            rows,
            row =>
                [
                    row.Histogram.Name,
                    row.Histogram.Chosen.Length > 0 ? row.Histogram.Chosen : "float",
                    .. hasReasons ? [row.Reason] : NoCells,
                    ZerosOf(row.Histogram),
                    .. methods.Select(method => Expected(row.Histogram, method)),
                ]
        );
    }

    private static Cell ZerosOf(TensorHistogram histogram)
    {
        double zeros = histogram.Count == 0 ? 0 : 100d * histogram.Zeros / histogram.Count;
        return new Cell(FigureText.Percent(zeros), zeros);
    }

    private static Cell Expected(TensorHistogram histogram, string method) =>
        histogram.Thresholds.FirstOrDefault(threshold => threshold.Method == method) is { } threshold
            ? Cell.Decibels(threshold.ExpectedSqnrDb)
            : FigureText.Missing;
}
