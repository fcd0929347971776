using System.Globalization;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>What it takes to make the same file again.</summary>
internal sealed class ManifestSection() : PageSection("manifest", "To make this file again")
{
    public override bool IsIn(QuantizationReport report) => true;

    public override void Write(QuantizationReport report, PageText page)
    {
        ManifestReport? manifest = report.Manifest;
        if (manifest?.Arguments.Count > 0)
            page.Add($"<pre class=\"command\"><code>quantize {CommandLine.Of(manifest.Arguments)}</code></pre>\n");
        page.Add($"<dl class=\"facts\">\n");
        page.Add($"<dt>FP32 model</dt><dd><code>{report.Model.Path}</code>, opset {report.Model.Opset}, ");
        page.Add($"{FigureText.Count(report.Model.Parameters, "parameter")}</dd>\n");
        page.Add($"<dt>its sha256</dt><dd><code>{report.Model.Sha256}</code></dd>\n");
        page.Add($"<dt>INT8 model</dt><dd><code>{report.Model.Output}</code></dd>\n");
        if (manifest is not null)
            WriteManifest(page, manifest);
        page.Add($"<dt>Made by</dt><dd>{report.Tool.Name} {report.Tool.Version}, ONNX Runtime {report.Tool.OnnxRuntime}</dd>\n</dl>\n");
    }

    private static void WriteManifest(PageText page, ManifestReport manifest)
    {
        page.Add($"<dt>its sha256</dt><dd><code>{manifest.Int8Sha256}</code></dd>\n");
        page.Add($"<dt>Folder</dt><dd><code>{manifest.WorkingDirectory}</code></dd>\n");
        page.Add($"<dt>Machine</dt><dd>{manifest.Processor}, {FigureText.Count(manifest.Cores, "core")}; {manifest.System}; ");
        page.Add($".NET {manifest.DotNet}</dd>\n");
        string started = manifest.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        page.Add($"<dt>Started</dt><dd>{started} UTC</dd>\n");
    }
}
