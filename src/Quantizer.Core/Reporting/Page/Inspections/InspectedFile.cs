using Quantizer.Graphs;
using Quantizer.Reporting.Inspections;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Inspections;

/// <summary>Facts about the file.</summary>
internal static class InspectedFile
{
    public static void Write(ModelInspection inspection, PageText page)
    {
        page.Add($"<dl class=\"facts\">\n");
        page.Add($"<dt>File</dt><dd>{InspectionText.File(inspection)}</dd>\n");
        page.Add($"<dt>Parameters</dt><dd>{FigureText.Count(inspection.Parameters)}</dd>\n");
        page.Add($"<dt>Work</dt><dd>{InspectionText.Work(inspection)}</dd>\n");
        foreach (TensorSignature input in inspection.Inputs)
            page.Add($"<dt>Input</dt><dd><code>{SignatureText.Of(input)}</code></dd>\n");
        foreach ((string input, IReadOnlyList<long> sizes) in inspection.Shapes)
            page.Add($"<dt>Looked at with</dt><dd><code>{input} [{string.Join(", ", sizes)}]</code></dd>\n");
        foreach (TensorSignature output in inspection.Outputs)
            page.Add($"<dt>Output</dt><dd><code>{SignatureText.Of(output)}</code></dd>\n");
        page.Add($"<dt>Target</dt><dd>{inspection.Target}</dd>\n");
        page.Add($"</dl>\n");
    }
}
