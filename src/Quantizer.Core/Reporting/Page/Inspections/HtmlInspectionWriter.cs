using Quantizer.Reporting.Page.Sections;

namespace Quantizer.Reporting.Page.Inspections;

/// <summary>An inspection as a page of the same kind as a report's.</summary>
internal static class HtmlInspectionWriter
{
    public static string ToText(ModelInspection inspection)
    {
        using MemoryStream stream = new();
        PageFrame.Write(
            new PageContent(
                $"{Path.GetFileName(inspection.Path)}: inspection",
                "Overview",
                page => InspectionHeader.Write(inspection, page),
                [.. Parts(inspection)],
                page => page.Add($"<p>{ToolVersion.Name} {ToolVersion.Text}; nothing was changed.</p>\n"),
                PageData.None
            ),
            stream
        );
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static IEnumerable<PagePart> Parts(ModelInspection inspection)
    {
        if (inspection.Findings.Count > 0)
            yield return new PagePart("findings", "Findings", page => FindingsSection.Write(inspection.Findings, page));
        if (inspection.Nodes.Count > 0)
            yield return new PagePart("nodes", "Nodes", page => InspectedNodes.Write(inspection, page));
        if (inspection.OperatorCounts.Count > 0)
            yield return new PagePart("operators", "Operators", page => InspectedOperators.Write(inspection, page));
        yield return new PagePart("model", "What the file is", page => InspectedFile.Write(inspection, page));
    }
}
