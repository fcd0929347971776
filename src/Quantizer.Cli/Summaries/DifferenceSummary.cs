using Quantizer.Cli.Layout;
using Quantizer.Cli.Terminals;
using Quantizer.Reporting.Differences;
using Quantizer.Reporting.Texts;

namespace Quantizer.Cli.Summaries;

/// <summary>What changed, for a person at a terminal.</summary>
internal static class DifferenceSummary
{
    /// <summary>Longer lists are cut, unless all is asked for.</summary>
    private const int Most = 20;

    public static void Write(ReportDifference difference, bool all, Terminal terminal)
    {
        TextWriter text = terminal.Out;
        text.WriteLine(terminal.Ink.Bold(Printable.Line($"{difference.Before} -> {difference.After}")));
        text.WriteLine();
        WriteFigures(difference, terminal);
        if (!difference.Differs)
        {
            text.WriteLine();
            text.WriteLine("Nothing differs.");
        }
        WriteList("Nodes that changed", difference.Nodes, all, terminal, WriteNodes);
        WriteList("Ranges that changed, largest ratio of scales first", difference.Tensors, all, terminal, WriteTensors);
        WriteList("Options", difference.Options, all: true, terminal, WriteValues);
        WriteList("New findings", difference.NewFindings, all: true, terminal, WriteFindings);
        WriteList("Findings that are gone", difference.GoneFindings, all: true, terminal, WriteFindings);
        WriteList("Versions", difference.Versions, all: true, terminal, WriteValues);
    }

    private static void WriteFigures(ReportDifference difference, Terminal terminal)
    {
        TextTable table = new(Align.Left, Align.Right, Align.Right, Align.Left);
        table.Add("", "before", "after");
        foreach (FigureDifference figure in difference.Figures)
        {
            table.Add(
                figure.Name,
                DifferenceText.Of(figure, figure.Before),
                DifferenceText.Of(figure, figure.After),
                DifferenceText.Change(figure)
            );
        }
        if (difference.Speed is { } speed)
            table.Add("Speed-up", DifferenceText.Speed(speed.Before), DifferenceText.Speed(speed.After), DifferenceText.Change(speed));
        table.Write(terminal.Out, paint: (row, _, cell) => row == 0 ? terminal.Ink.Bold(cell) : cell);
    }

    private static void WriteList<T>(
        string title,
        IReadOnlyList<T> items,
        bool all,
        Terminal terminal,
        Action<IEnumerable<T>, Terminal> write
    )
    {
        if (items.Count == 0)
            return;
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(terminal.Ink.Bold($"{title}: {FigureText.Count(items.Count)}"));
        int told = all ? items.Count : Math.Min(Most, items.Count);
        write(items.Take(told), terminal);
        if (told < items.Count)
            terminal.Out.WriteLine($"  and {FigureText.Count(items.Count - told)} more, which --verbose tells");
    }

    private static void WriteNodes(IEnumerable<NodeDifference> nodes, Terminal terminal)
    {
        foreach (NodeDifference node in nodes)
        {
            terminal.Out.WriteLine(Printable.Line($"  {node.OpType} {node.Name}"));
            WordWrap.WriteHanging(terminal.Out, "      ", DifferenceText.Change(node), terminal.Width);
        }
    }

    private static void WriteTensors(IEnumerable<TensorDifference> tensors, Terminal terminal)
    {
        TextTable table = new(Align.Right, Align.Left, Align.Left, Align.Left);
        table.Add("ratio", "before", "after", "name");
        foreach (TensorDifference tensor in tensors)
            table.Add(DifferenceText.Ratio(tensor), DifferenceText.Range(tensor.Before), DifferenceText.Range(tensor.After), tensor.Name);
        table.Write(terminal.Out);
    }

    private static void WriteValues(IEnumerable<ValueDifference> values, Terminal terminal)
    {
        foreach (ValueDifference value in values)
            FactLines.Write(value.Name, $"{DifferenceText.Value(value.Before)} -> {DifferenceText.Value(value.After)}", terminal);
    }

    private static void WriteFindings(IEnumerable<Findings.Finding> findings, Terminal terminal) =>
        FindingLines.Write(findings, terminal.Out, terminal.Ink, terminal.Width);
}
