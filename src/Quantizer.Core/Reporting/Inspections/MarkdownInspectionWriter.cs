using Quantizer.Findings;
using Quantizer.Reporting.Markdown;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Inspections;

/// <summary>An inspection for a pull request: findings and what it comes to first, nodes folded away. Lines end with a single line
/// feed.</summary>
internal static class MarkdownInspectionWriter
{
    public static string ToText(ModelInspection inspection)
    {
        using StringWriter text = new() { NewLine = "\n" };
        text.WriteLine($"# {MarkdownText.Code(inspection.Path)}\n");
        foreach (Finding finding in inspection.Findings.OrderByDescending(finding => finding.Severity))
            MarkdownText.Alert(finding, text);
        text.WriteLine($"{MarkdownText.Escape(InspectionText.Verdict(inspection))}\n");
        WriteFacts(inspection, text);
        WriteOperators(inspection, text);
        WriteNodes(inspection, text);
        return text.ToString();
    }

    private static void WriteFacts(ModelInspection inspection, StringWriter text)
    {
        Fact("File", InspectionText.File(inspection));
        Fact("Parameters", FigureText.Count(inspection.Parameters));
        Fact("Work", InspectionText.Work(inspection));
        if (inspection.Expected is { } expected)
        {
            Fact("INT8 file", InspectionText.Size(inspection, expected));
            Fact("Weights in memory", InspectionText.Weights(expected));
        }
        if (inspection.Activations is { } activations)
            Fact("Activations in memory", InspectionText.Activations(activations));
        if (inspection.Expected is not null)
            Fact("Speed", InspectionText.Speed(inspection.Latency));
        if (inspection.Latency is { } latency)
            Fact("Measured with", InspectionText.Ground(latency));
        text.WriteLine();

        void Fact(string name, string value) => text.WriteLine($"- {name}: {MarkdownText.Escape(value)}");
    }

    private static void WriteOperators(ModelInspection inspection, StringWriter text)
    {
        MarkdownText.Row(text, "operator", "nodes", "work");
        MarkdownText.Row(text, "---", "---:", "---:");
        foreach (OperatorShare row in OperatorShare.Of(inspection))
            MarkdownText.Row(text, MarkdownText.Code(row.OpType), FigureText.Count(row.Nodes), row.Text);
        text.WriteLine();
    }

    private static void WriteNodes(ModelInspection inspection, StringWriter text)
    {
        if (inspection.Nodes.Count == 0)
            return;
        text.WriteLine(
            $"<details><summary>{FigureText.Count(inspection.Nodes.Count, "node")}: {InspectionText.Forms(inspection.Nodes)}</summary>\n"
        );
        MarkdownText.Row(text, "node", "operator", "form", "reason", "multiply-accumulates", "weights", "weights as INT8");
        MarkdownText.Row(text, "---", "---", "---", "---", "---:", "---:", "---:");
        foreach ((NodeReport node, NodeCost cost) in inspection.Nodes.Zip(inspection.Costs))
        {
            MarkdownText.Row(
                text,
                MarkdownText.Code(node.Name),
                MarkdownText.Code(node.OpType),
                ReportWords.Decisions.WordOf(node.Decision),
                MarkdownText.Escape(node.Reason),
                cost.Macs is { } macs ? FigureText.Count(macs) : FigureText.Missing,
                cost.WeightBytes is { } now ? FigureText.Bytes(now) : "",
                cost.Int8WeightBytes is { } then ? FigureText.Bytes(then, like: cost.WeightBytes ?? then) : ""
            );
        }
        text.WriteLine("\n</details>");
    }
}
