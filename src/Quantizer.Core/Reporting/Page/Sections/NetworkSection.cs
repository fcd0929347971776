using Quantizer.Reporting.Details;
using Quantizer.Reporting.Page.Tables;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>Every node, and the neighbourhood of a chosen one.</summary>
internal sealed class NetworkSection() : PageSection("network", "Network")
{
    public override bool IsIn(QuantizationReport report) => report.Nodes.Count > 0;

    public override void Write(QuantizationReport report, PageText page)
    {
        IReadOnlyList<LinkedNode> network = report.Details?.Network ?? [];
        if (network.Count > 0)
            page.Add($"<div class=\"graph\" data-plots=\"network\"></div>\n");
        ILookup<string, LinkedNode> links = network.ToLookup(node => node.Name);
        PageTable.Write(
            page,
            "node-table",
            FigureText.Count(report.Nodes.Count, "node"),
            [
                new("node", ColumnKind.Name),
                new("operator"),
                new("form"),
                new("kernel"),
                new("multiply-accumulates", ColumnKind.Number),
            ],
            report.Nodes,
            node =>
                [
                    node.Name,
                    node.OpType,
                    ReportWords.Decisions.WordOf(node.Decision),
                    node.Kernel ?? "fused away",
                    links[node.Name].FirstOrDefault()?.Macs is { } macs ? Cell.Count(macs) : FigureText.Missing,
                ]
        );
    }
}
