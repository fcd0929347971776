using Quantizer.Reporting.Inspections;
using Quantizer.Reporting.Page.Tables;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Inspections;

/// <summary>Every node, with what it would become and what it costs.</summary>
internal static class InspectedNodes
{
    public static void Write(ModelInspection inspection, PageText page) =>
        PageTable.Write(
            page,
            "inspected-nodes",
            $"{FigureText.Count(inspection.Nodes.Count, "node")}: {InspectionText.Forms(inspection.Nodes)}",
            [
                new("node", ColumnKind.Name),
                new("form"),
                new("why in float", ColumnKind.Prose),
                new("operator"),
                new("multiply-accumulates", ColumnKind.Number),
                new("weights", ColumnKind.Number),
                new("as INT8", ColumnKind.Number),
            ],
            [.. inspection.Nodes.Zip(inspection.Costs)],
            row => Cells(row.First, row.Second)
        );

    private static Cell[] Cells(NodeReport node, NodeCost cost) =>
        [
            node.Name,
            ReportWords.Decisions.WordOf(node.Decision),
            node.Reason,
            node.OpType,
            cost.Macs is { } macs ? Cell.Count(macs) : FigureText.Missing,
            cost.WeightBytes is { } now ? new Cell(FigureText.Bytes(now), now) : FigureText.Missing,
            cost.Int8WeightBytes is { } then ? new Cell(FigureText.Bytes(then, like: cost.WeightBytes ?? then), then) : FigureText.Missing,
        ];
}
