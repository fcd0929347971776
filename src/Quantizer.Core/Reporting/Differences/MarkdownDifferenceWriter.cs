using Quantizer.Findings;
using Quantizer.Reporting.Markdown;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Differences;

/// <summary>A difference for a pull request: figures first, long lists folded away.</summary>
internal static class MarkdownDifferenceWriter
{
    /// <summary>The text, lines ended by a single line feed.</summary>
    public static string ToText(ReportDifference difference)
    {
        using StringWriter text = new() { NewLine = "\n" };
        text.WriteLine($"# {MarkdownText.Code(difference.Before)} against {MarkdownText.Code(difference.After)}\n");
        if (!difference.Differs)
            text.WriteLine("Nothing differs.\n");
        WriteFigures(difference, text);
        Write(
            "Nodes",
            ["node", "operator", "change"],
            difference.Nodes.Select(node =>
                new[] { MarkdownText.Code(node.Name), MarkdownText.Escape(node.OpType), MarkdownText.Escape(DifferenceText.Change(node)) }
            ),
            text
        );
        Write(
            "Ranges (scale, zero point, type, method), largest ratio of scales first",
            ["tensor", "ratio", "before", "after"],
            difference.Tensors.Select(tensor =>
                new[]
                {
                    MarkdownText.Code(tensor.Name),
                    DifferenceText.Ratio(tensor),
                    MarkdownText.Escape(DifferenceText.Range(tensor.Before)),
                    MarkdownText.Escape(DifferenceText.Range(tensor.After)),
                }
            ),
            text
        );
        Write("Options", ["option", "before", "after"], difference.Options.Select(Cells), text);
        Write("Findings", ["", "finding", "text"], Findings(difference), text);
        Write("Versions", ["of", "before", "after"], difference.Versions.Select(Cells), text);
        return text.ToString();
    }

    private static void WriteFigures(ReportDifference difference, StringWriter text)
    {
        text.WriteLine("| | before | after | change |");
        text.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (FigureDifference figure in difference.Figures)
        {
            MarkdownText.Row(
                text,
                MarkdownText.Escape(figure.Name),
                DifferenceText.Of(figure, figure.Before),
                DifferenceText.Of(figure, figure.After),
                DifferenceText.Change(figure)
            );
        }

        if (difference.Speed is { } speed)
        {
            MarkdownText.Row(
                text,
                "Speed-up",
                DifferenceText.Speed(speed.Before),
                DifferenceText.Speed(speed.After),
                DifferenceText.Change(speed)
            );
        }

        text.WriteLine();
    }

    private static IEnumerable<string[]> Findings(ReportDifference difference) =>
        difference
            .NewFindings.Select(finding => ("new", finding))
            .Concat(difference.GoneFindings.Select(finding => ("gone", finding)))
            .Select(entry =>
                new[]
                {
                    entry.Item1,
                    SeverityWords.Table.WordOf(entry.finding.Severity),
                    MarkdownText.Escape($"{entry.finding.Subject}: {entry.finding.Message}"),
                }
            );

    private static string[] Cells(ValueDifference value) =>
        [
            MarkdownText.Escape(value.Name),
            MarkdownText.Code(DifferenceText.Value(value.Before)),
            MarkdownText.Code(DifferenceText.Value(value.After)),
        ];

    private static void Write(string title, string[] heads, IEnumerable<string[]> rows, StringWriter text)
    {
        string[][] all = [.. rows];
        if (all.Length == 0)
            return;
        text.WriteLine($"<details>\n<summary>{title}: {FigureText.Count(all.Length)}</summary>\n");
        MarkdownText.Row(text, heads);
        MarkdownText.Row(text, [.. heads.Select(_ => "---")]);
        foreach (string[] row in all)
            MarkdownText.Row(text, row);
        text.WriteLine("\n</details>\n");
    }
}
