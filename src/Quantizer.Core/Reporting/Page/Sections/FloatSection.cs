using Quantizer.Reporting.Page.Tables;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>The nodes that compute in float, each with its reason.</summary>
internal sealed class FloatSection() : PageSection("float", "What stays in float")
{
    public override bool IsIn(QuantizationReport report) => report.Nodes.Any(NodeText.IsInFloat);

    public override void Write(QuantizationReport report, PageText page)
    {
        NodeReport[] left = [.. report.Nodes.Where(NodeText.IsInFloat)];
        PageTable.Write(
            page,
            "float-nodes",
            $"{FigureText.Count(left.Length)} of {FigureText.Count(report.Nodes.Count, "node")} in float",
            [new("node", ColumnKind.Name), new("reason", ColumnKind.Prose), new("operator"), new("kernel")],
            left,
            node => [node.Name, NodeText.Reason(node), node.OpType, node.Kernel ?? "fused away"]
        );
    }
}
