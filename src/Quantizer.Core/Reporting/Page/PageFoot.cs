namespace Quantizer.Reporting.Page;

/// <summary>What made the page, and how to get what is not on it.</summary>
internal static class PageFoot
{
    public static void Write(QuantizationReport report, PageText page)
    {
        if (report.Details is null)
        {
            page.Add(
                $"<p>This report was made without details: the error of each tensor, histograms, weights, single samples, single runs "
            );
            page.Add(
                $"and the graph are not on it. They are there when the run itself writes the page (<code>--report page.html</code>).</p>\n"
            );
        }
        page.Add($"<p>{report.Tool.Name} {report.Tool.Version}, ONNX Runtime {report.Tool.OnnxRuntime}; ");
        page.Add($"model sha256 <code>{report.Model.Sha256}</code></p>\n");
    }
}
