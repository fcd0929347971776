namespace Quantizer.Cli.Layout;

/// <summary>Rows of cells in aligned columns, two spaces apart, without lines between them.</summary>
internal sealed class TextTable(params Align[] columns)
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [];

    /// <summary>Missing cells at the end are empty.</summary>
    public void Add(params string[] cells)
    {
        if (cells.Length > columns.Length)
            throw new ArgumentException($"The table has {columns.Length} columns; the row has {cells.Length} cells.", nameof(cells));
        _rows.Add([.. cells.Select(Printable.Line)]);
    }

    /// <param name="width">Columns of the terminal: where rows are longer, their last cell stands on a line of its own.</param>
    /// <param name="paint">Colours a padded cell by row and column; null leaves it.</param>
    public void Write(TextWriter writer, string indent = Gap, Func<int, int, string, string>? paint = null, int width = int.MaxValue)
    {
        int[] widths =
        [
            .. Enumerable.Range(0, columns.Length).Select(column => _rows.Max(row => column < row.Length ? row[column].Length : 0)),
        ];
        bool isTooWide = indent.Length + widths.Sum() + (Gap.Length * (columns.Length - 1)) > width;
        for (int row = 0; row < _rows.Count; row++)
        {
            int last = Array.FindLastIndex(_rows[row], cell => cell.Length > 0);
            IEnumerable<string> cells = Enumerable
                .Range(0, last + 1)
                .Select(column => Cell(row, column, column == last ? 0 : widths[column], widths[column], paint));
            if (isTooWide && last > 0 && last == columns.Length - 1)
            {
                writer.WriteLine(indent + string.Join(Gap, cells.SkipLast(1)));
                writer.WriteLine(indent + Gap + Gap + cells.Last());
            }
            else
            {
                writer.WriteLine(last < 0 ? "" : indent + string.Join(Gap, cells));
            }
        }
    }

    private string Cell(int row, int column, int leftWidth, int rightWidth, Func<int, int, string, string>? paint)
    {
        string text = _rows[row][column];
        // A left-aligned cell at the end of a row needs no padding.
        string padded = columns[column] == Align.Right ? text.PadLeft(rightWidth) : text.PadRight(leftWidth);
        return paint is null ? padded : paint(row, column, padded);
    }
}
