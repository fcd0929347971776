using Quantizer.Findings;
using Quantizer.Reporting.Page.Plots;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>Where error enters the network, and how it travels.</summary>
internal sealed class ErrorSection() : PageSection("error", "Error along the network")
{
    public override bool IsIn(QuantizationReport report) => report.Details?.Errors.Count > 0;

    public override void Write(QuantizationReport report, PageText page)
    {
        page.Add($"<p>How far each tensor of the INT8 model is from the same tensor in FP32, on the same samples, as signal over error: ");
        page.Add($"more is better, 6 dB are one bit. The line holds all error that comes from before; a dot is what the tensor's own ");
        page.Add(
            $"node adds. Point at the plot, or go through it with the arrow keys, to read a tensor; drag over a stretch, or press +, "
        );
        page.Add($"to enlarge it; ");
        page.Add($"<a href=\"#prediction\">the table below</a> has them all.</p>\n");
        if (ErrorJump.Of(report.Details!.Errors) is { } jump)
            WriteJump(page, jump, report.Findings.FirstOrDefault(finding => finding.Code == FindingKind.CutSums.Code));
        ErrorPlot.Write(page, report.Details!.Errors);
    }

    private static void WriteJump(PageText page, ErrorJump jump, Finding? cutSums)
    {
        page.Add($"<p id=\"error-jump\">At <code>{jump.Tensor.Name}</code> it falls to {FigureText.Decibels(jump.Tensor.SqnrDb)}, ");
        page.Add($"where all that came in and the rounding of its own node explain {FigureText.Decibels(jump.ExplainedDb)}: ");
        if (cutSums is null)
        {
            page.Add($"its node makes the error of what it reads far larger, or its integer kernel computes something else.</p>\n");
            return;
        }
        page.Add($"the integer kernel cuts sums off (<a href=\"#findings\">{cutSums.Code}</a>), which no choice of ranges mends.</p>\n");
    }
}
