using Quantizer.Reporting.Details;
using Quantizer.Reporting.Page.Tables;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>What calibration saw, and where each way to choose ranges would cut it off.</summary>
internal sealed class HistogramSection() : PageSection("histograms", "Values and ranges")
{
    public override bool IsIn(QuantizationReport report) => report.Details?.Histograms.Count > 0;

    public override void Write(QuantizationReport report, PageText page)
    {
        IReadOnlyList<TensorHistogram> histograms = report.Details!.Histograms;
        page.Add($"<p>How often each value was seen (log scale), the range that each selector proposes, and the grid that was taken: ");
        page.Add($"what lies outside of the shaded range is clipped, and inside of it rounded to a step.</p>\n");
        page.Add($"<div class=\"gallery\" data-plots=\"histograms\"></div>\n");
        string[] methods = [.. histograms.SelectMany(histogram => histogram.Thresholds).Select(threshold => threshold.Method).Distinct()];
        PageTable.Write(
            page,
            "ranges",
            "Signal over error that each selector expects of its range",
            [
                new("tensor", ColumnKind.Name),
                new("zeros", ColumnKind.Number),
                new("chosen"),
                .. methods.Select(method => new Column(method, ColumnKind.Number)),
            ],
            histograms,
            histogram => [.. Cells(histogram), .. methods.Select(method => Expected(histogram, method))]
        );
    }

    private static Cell[] Cells(TensorHistogram histogram)
    {
        double zeros = histogram.Count == 0 ? 0 : 100d * histogram.Zeros / histogram.Count;
        return [histogram.Name, new Cell(FigureText.Percent(zeros), zeros), histogram.Chosen.Length > 0 ? histogram.Chosen : "float"];
    }

    private static Cell Expected(TensorHistogram histogram, string method) =>
        histogram.Thresholds.FirstOrDefault(threshold => threshold.Method == method) is { } threshold
            ? Cell.Decibels(threshold.ExpectedSqnrDb)
            : FigureText.Missing;
}
