using Quantizer.Reporting.Page.Plots;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>The times of single runs.</summary>
internal sealed class LatencySection() : PageSection("latency", "Latency of single runs")
{
    public override bool IsIn(QuantizationReport report) =>
        report.Details?.Latency is { } runs && runs.Fp32Ms.Concat(runs.Int8Ms).Any(double.IsFinite);

    public override void Write(QuantizationReport report, PageText page)
    {
        page.Add($"<p>Each stroke is a run; both models took turns.");
        if (report.Latency is { } latency)
        {
            page.Add($" The figure on top compares the least times: {FigureText.Duration(latency.Fp32Ms)} and ");
            page.Add($"{FigureText.Duration(latency.Int8Ms)}, {FigureText.Speed(latency.Speedup, latency.Spread)}.");
        }
        page.Add($"</p>\n");
        LatencyPlot.Write(page, report.Details!.Latency!);
    }
}
