using Quantizer.Reporting.Page.Plots;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>Where error enters the network, and how it travels.</summary>
internal sealed class ErrorSection() : PageSection("error", "Error along the network")
{
    public override bool IsIn(QuantizationReport report) => report.Details?.Errors.Count > 0;

    public override void Write(QuantizationReport report, PageText page)
    {
        page.Add($"<p>How far each tensor of the INT8 model is from the same tensor in FP32, on the same samples, as signal over error: ");
        page.Add($"more is better, 6 dB are one bit. The line holds all error that comes from before; a dot is what the tensor's own ");
        page.Add($"node adds. Point at the plot, or go through it with the arrow keys, to read a tensor; ");
        page.Add($"<a href=\"#prediction\">the table below</a> has them all.</p>\n");
        ErrorPlot.Write(page, report.Details!.Errors);
    }
}
