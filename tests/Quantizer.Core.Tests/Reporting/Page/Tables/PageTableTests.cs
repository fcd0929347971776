using Quantizer.Reporting.Page;
using Quantizer.Reporting.Page.Tables;

namespace Quantizer.Core.Tests.Reporting.Page.Tables;

public sealed class PageTableTests
{
    [Fact]
    public void A_table_has_a_caption_headings_with_scope_and_numbers_to_sort_by()
    {
        string table = Draw(2);

        Assert.Contains("<caption><span id=\"t-caption\">Things</span></caption>", table);
        Assert.Contains("<th scope=\"col\">name</th><th scope=\"col\" class=\"n\">size</th>", table);
        Assert.Contains("<tr><th scope=\"row\" class=\"c\">a0</th><td class=\"n\" data-v=\"0\">0</td></tr>", table);
    }

    [Fact]
    public void Ratios_without_error_are_the_greatest() => Assert.Equal(double.PositiveInfinity, Cell.Decibels(null).Number);

    [Fact]
    public void Rows_beyond_the_first_are_in_a_body_of_their_own()
    {
        Assert.DoesNotContain("class=\"rest\"", Draw(PageTable.FirstRows));
        Assert.Contains("<tbody class=\"rest\">\n<tr><th scope=\"row\" class=\"c\">a15", Draw(PageTable.FirstRows + 1));
    }

    [Fact]
    public void Without_rows_there_is_no_table() => Assert.Equal("", Draw(0));

    private static string Draw(int rows)
    {
        PageText page = new();
        PageTable.Write(
            page,
            "t",
            "Things",
            [new("name", ColumnKind.Name), new("size", ColumnKind.Number)],
            [.. Enumerable.Range(0, rows)],
            row => [$"a{row}", Cell.Count(row)]
        );
        return page.ToString();
    }
}
