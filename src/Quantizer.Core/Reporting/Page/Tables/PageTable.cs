using System.Globalization;

namespace Quantizer.Reporting.Page.Tables;

/// <summary>A table with a caption, whose telling column stands beside the names: on a phone others are reached by scrolling, and an edge
/// that fades says that there are some. The script adds search and sorting to those that are marked for it, and holds back what lies beyond
/// the first rows until it is asked for; without it everything is there.</summary>
internal static class PageTable
{
    /// <summary>What one looks over at a glance; more are shown when they are asked for.</summary>
    public const int FirstRows = 15;

    /// <summary>Stands for the infinities, which JavaScript spells differently.</summary>
    private const double MostSorted = 1e99;

    /// <summary>Below, nobody needs to search.</summary>
    private const int FewRows = 10;

    /// <summary>Writes the table; nothing where it has no rows.</summary>
    /// <param name="id">Of the table's element, unique on the page.</param>
    public static void Write<T>(
        PageText page,
        string id,
        string caption,
        IReadOnlyList<Column> columns,
        IReadOnlyList<T> rows,
        Func<T, Cell[]> cells
    )
    {
        if (rows.Count == 0)
            return;
        page.Add($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{id}-caption\">");
        string use = (rows.Count > FewRows ? "searchable" : "") + (rows.Count > FirstRows ? " held" : "");
        page.Add($"<table id=\"{id}\" class=\"{use}\"><caption><span id=\"{id}-caption\">{caption}</span></caption>\n<thead><tr>");
        foreach (Column column in columns)
            page.Add($"<th scope=\"col\"{(column.Kind == ColumnKind.Number ? Raw(" class=\"n\"") : Raw(""))}>{column.Name}</th>");
        page.Add($"</tr></thead>\n<tbody>\n");
        for (int row = 0; row < rows.Count; row++)
        {
            if (row == FirstRows)
                page.Add($"</tbody>\n<tbody class=\"rest\">\n");
            WriteRow(page, columns, cells(rows[row]));
        }
        page.Add($"</tbody></table></div>\n");
    }

    private static void WriteRow(PageText page, IReadOnlyList<Column> columns, Cell[] cells)
    {
        page.Add($"<tr>");
        for (int column = 0; column < columns.Count; column++)
            WriteCell(page, columns[column], cells[column], isFirst: column == 0);
        page.Add($"</tr>\n");
    }

    private static void WriteCell(PageText page, Column column, Cell cell, bool isFirst)
    {
        // The first cell names its row.
        PageText open = Raw(isFirst ? "th scope=\"row\"" : "td"),
            close = Raw(isFirst ? "th" : "td");
        page.Add($"<{open}{ClassOf(column)}{SortOf(cell)}>");
        if (column.Kind == ColumnKind.Bar)
            page.Add($"<svg class=\"bar\" aria-hidden=\"true\"><rect width=\"{(cell.Number ?? 0) * 100}%\" height=\"100%\"/></svg>");
        else
            page.Add($"{cell.Text}");
        page.Add($"</{close}>");
    }

    private static PageText ClassOf(Column column) =>
        column.Kind switch
        {
            ColumnKind.Number => Raw(" class=\"n\""),
            ColumnKind.Name => Raw(" class=\"c\""),
            ColumnKind.Prose => Raw(" class=\"p\""),
            ColumnKind.Bar => Raw(" class=\"b\""),
            _ => Raw(""),
        };

    /// <summary>What is no number has none to be sorted by, and stands last.</summary>
    private static PageText SortOf(Cell cell)
    {
        PageText sort = new();
        if (cell.Number is { } number && !double.IsNaN(number))
        {
            double finite = Math.Clamp(number, -MostSorted, MostSorted);
            sort.Add($" data-v=\"{finite.ToString("G6", CultureInfo.InvariantCulture)}\"");
        }
        return sort;
    }

    private static PageText Raw(string markup) => PageText.OfMarkup(markup);
}
