using Quantizer.Cli.Layout;
using Quantizer.Cli.Terminals;
using Quantizer.Reporting;
using Quantizer.Reporting.Texts;

namespace Quantizer.Cli.Summaries;

/// <summary>The limits that were asked for; their findings tell more of those that are not kept.</summary>
internal static class LimitLines
{
    private const int OutcomeColumn = 3;

    public static void Write(IReadOnlyList<LimitReport> limits, Terminal terminal)
    {
        if (limits.Count == 0)
            return;
        TextTable table = new(Align.Left, Align.Right, Align.Right, Align.Left);
        table.Add("Limit", "asked", "found", "");
        foreach (LimitReport limit in limits)
            table.Add(limit.Subject, LimitText.Asked(limit), LimitText.Found(limit), ReportWords.Limits.WordOf(limit.Outcome));
        table.Write(
            terminal.Out,
            paint: (row, column, cell) =>
                row == 0 ? terminal.Ink.Bold(cell)
                : column != OutcomeColumn ? cell
                : limits[row - 1].Outcome == LimitOutcome.Passed ? terminal.Ink.Green(cell)
                : terminal.Ink.Red(cell),
            width: terminal.Width
        );
        terminal.Out.WriteLine();
    }
}
