using Quantizer.Cli.Layout;
using Quantizer.Cli.Terminals;
using Quantizer.Reporting;
using Quantizer.Reporting.Texts;

namespace Quantizer.Cli.Summaries;

/// <summary>The nodes left in float, gathered by reason.</summary>
internal static class NodeLines
{
    /// <param name="named">Every node by name; otherwise operator types with their counts.</param>
    public static void Write(IReadOnlyList<NodeReport> nodes, bool named, Terminal terminal)
    {
        NodeReport[] left = [.. nodes.Where(NodeText.IsInFloat)];
        terminal.Out.WriteLine(
            terminal.Ink.Bold($"Left in float: {FigureText.Count(left.Length)} of {FigureText.Count(nodes.Count, "node")}")
        );
        foreach (IGrouping<string, NodeReport> reason in left.GroupBy(NodeText.Reason))
        {
            WordWrap.WriteHanging(terminal.Out, "  ", reason.Key.Length == 0 ? "no reason given" : reason.Key, terminal.Width);
            if (named)
            {
                WriteNames(reason, terminal);
            }
            else
            {
                IEnumerable<string> counts = reason
                    .GroupBy(node => node.OpType)
                    .Select(type => $"{type.Key} {FigureText.Count(type.Count())}");
                WordWrap.WriteHanging(terminal.Out, "      ", string.Join(", ", counts), terminal.Width);
            }
        }
    }

    private static void WriteNames(IEnumerable<NodeReport> nodes, Terminal terminal)
    {
        TextTable table = new(Align.Left, Align.Left);
        foreach (NodeReport node in nodes)
            table.Add(node.OpType, node.Name);
        table.Write(terminal.Out, indent: "      ");
    }
}
