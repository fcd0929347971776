using System.Text;

namespace Quantizer.Benchmarks;

/// <summary>A table of texts, its columns padded so that it reads well as it is; the first column is left-aligned, the others
/// right-aligned.</summary>
internal sealed class MarkdownTable(params string[] columns)
{
    private readonly List<string[]> _rows = [columns];

    public void Add(params string[] cells) => _rows.Add(cells);

    public override string ToString()
    {
        int[] widths = [.. columns.Select((_, column) => _rows.Max(row => row[column].Length))];
        StringBuilder text = new();
        for (int row = 0; row < _rows.Count; row++)
        {
            text.Append('|')
                .AppendJoin(
                    '|',
                    _rows[row]
                        .Select((cell, column) => column == 0 ? $" {cell.PadRight(widths[column])} " : $" {cell.PadLeft(widths[column])} ")
                )
                .AppendLine("|");
            if (row == 0)
            {
                text.Append('|')
                    .AppendJoin(
                        '|',
                        widths.Select((width, column) => column == 0 ? $" {new string('-', width)} " : $" {new string('-', width - 1)}: ")
                    )
                    .AppendLine("|");
            }
        }
        return text.ToString();
    }
}
