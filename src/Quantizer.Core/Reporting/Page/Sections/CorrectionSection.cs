using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>What was changed in the network besides rounding it.</summary>
internal sealed class CorrectionSection() : PageSection("corrections", "Channel scales and biases")
{
    public override bool IsIn(QuantizationReport report) => report.ChannelScales is not null || report.BiasCorrection is not null;

    public override void Write(QuantizationReport report, PageText page)
    {
        page.Add($"<dl class=\"facts\">\n");
        if (report.BiasCorrection is { } correction)
            page.Add($"<dt>{CorrectionText.TitleOf(correction)}</dt><dd>{CorrectionText.Of(correction)}</dd>\n");
        if (report.ChannelScales is { } scales)
            WriteScales(page, scales);
        page.Add($"</dl>\n");
    }

    private static void WriteScales(PageText page, ChannelScalesReport scales)
    {
        page.Add($"<dt>Channel scales</dt><dd>{FigureText.Count(scales.Tensors.Count, "activation")} with scales moved between layers; ");
        page.Add($"{FigureText.Decibels(scales.WithoutDb)} → {FigureText.Decibels(scales.WithDb)} on calibration samples, ");
        page.Add($"{FigureText.Decibels(scales.HeldOutGainDb)} gained on held-out ones</dd>\n<dt>On</dt><dd>");
        foreach (string tensor in scales.Tensors)
            page.Add($"<code>{tensor}</code> ");
        page.Add($"</dd>\n");
    }
}
