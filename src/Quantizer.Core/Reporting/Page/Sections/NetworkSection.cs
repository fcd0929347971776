using Quantizer.Reporting.Details;
using Quantizer.Reporting.Page.Tables;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>Every node, and the neighbourhood of a chosen one.</summary>
internal sealed class NetworkSection() : PageSection("network", "Network")
{
    private static readonly Column[] NoColumns = [];
    private static readonly Cell[] NoCells = [];

    public override bool IsIn(QuantizationReport report) => report.Nodes.Count > 0;

    public override void Write(QuantizationReport report, PageText page)
    {
        IReadOnlyList<LinkedNode> network = report.Details?.Network ?? [];
        if (network.Count > 0)
            page.Add($"<div class=\"graph\" data-plots=\"network\"></div>\n");
        ILookup<string, LinkedNode> links = network.ToLookup(node => node.Name);
        bool isKnown = network.Any(node => node.Macs is not null);
        PageTable.Write(
            page,
            "node-table",
            FigureText.Count(report.Nodes.Count, "node"),
            [
                new("node", ColumnKind.Name),
                new("form"),
                new("operator"),
                new("kernel"),
                .. isKnown ? [new("multiply-accumulates", ColumnKind.Number)] : NoColumns,
            ],
            report.Nodes,
            node =>
                [
                    node.Name,
                    ReportWords.Decisions.WordOf(node.Decision),
                    node.OpType,
                    node.Kernel ?? "fused away",
                    .. isKnown ? [Work(links[node.Name].FirstOrDefault())] : NoCells,
                ]
        );
    }

    private static Cell Work(LinkedNode? node) => node?.Macs is { } macs ? Cell.Count(macs) : FigureText.Missing;
}
