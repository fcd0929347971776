using Quantizer.Reporting.Page.Tables;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>Which kernels do the work, and what did not become an integer kernel though it was meant to.</summary>
internal sealed class WorkSection() : PageSection("work", "Work by operator and kernel")
{
    private static readonly Column[] Work = [new("work", ColumnKind.Number), new("", ColumnKind.Bar)];
    private static readonly Cell[] NoCells = [];

    public override bool IsIn(QuantizationReport report) => report.Nodes.Count > 0;

    public override void Write(QuantizationReport report, PageText page)
    {
        ILookup<string, long?> macs = (report.Details?.Network ?? []).ToLookup(node => node.Name, node => node.Macs);
        Worker[] nodes = [.. report.Nodes.Select(node => new Worker(node, macs[node.Name].FirstOrDefault()))];
        WriteKernels(page, nodes);
        if (nodes.Any(node => node.Macs > 0))
            WriteUnfused(page, [.. nodes.Where(IsUnfused)], report.Integer);
    }

    private static void WriteKernels(PageText page, Worker[] nodes)
    {
        double all = nodes.Sum(node => (double)(node.Macs ?? 0));
        var kernels = nodes
            .GroupBy(node => (node.Told.OpType, node.Told.Decision, Kernel: node.Told.Kernel ?? "fused away"))
            .Select(group => (group.Key, Nodes: group.Count(), Macs: group.Sum(node => node.Macs ?? 0)))
            .OrderByDescending(group => group.Macs)
            .ThenByDescending(group => group.Nodes)
            .ToArray();
        bool isKnown = all > 0;
        PageTable.Write(
            page,
            "kernels",
            !isKnown ? "Nodes by kernel"
                : nodes.Any(node => node.Macs is null) ? "Share of the multiply-accumulates, as far as they are known"
                : "Share of the multiply-accumulates",
            [new("operator"), new("form"), new("kernel"), new("nodes", ColumnKind.Number), .. isKnown ? Work : []],
            kernels,
            group =>
                [
                    group.Key.OpType,
                    ReportWords.Decisions.WordOf(group.Key.Decision),
                    group.Key.Kernel,
                    Cell.Count(group.Nodes),
                    .. isKnown ? [new Cell(FigureText.Percent(group.Macs / all * 100), group.Macs), Cell.Bar(group.Macs / all)] : NoCells,
                ]
        );
    }

    private static void WriteUnfused(PageText page, Worker[] nodes, IntegerReport integer)
    {
        if (nodes.Length == 0)
        {
            // Of a finished file nodes are told as they run; what it means to be in integers and is not stands among those in float.
            if (integer.PercentPlaced > integer.PercentInteger)
                return;
            page.Add($"<p class=\"quiet\">Every node with work that was placed in integers runs in an integer kernel.</p>\n");
            return;
        }
        PageTable.Write(
            page,
            "unfused",
            "Placed in integers, run by a float kernel",
            [new("node", ColumnKind.Name), new("operator"), new("kernel"), new("multiply-accumulates", ColumnKind.Number)],
            nodes,
            node => [node.Told.Name, node.Told.OpType, node.Told.Kernel ?? "fused away", Cell.Count(node.Macs ?? 0)]
        );
    }

    /// <summary>Kernels that only move values have the same name for floats and integers; they have no work.</summary>
    private static bool IsUnfused(Worker node) =>
        node is { Macs: > 0, Told: { Decision: NodeDecision.Int8 or NodeDecision.Dynamic, Kernel: { } kernel } }
        && !KernelText.NamesIntegers(kernel);

    private readonly record struct Worker(NodeReport Told, long? Macs);
}
