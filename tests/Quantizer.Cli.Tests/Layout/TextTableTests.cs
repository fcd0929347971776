using Quantizer.Cli.Layout;

namespace Quantizer.Cli.Tests.Layout;

public sealed class TextTableTests
{
    [Fact]
    public void Columns_are_aligned_and_rows_end_without_spaces()
    {
        TextTable table = new(Align.Left, Align.Right, Align.Left);
        table.Add("name", "1", "x");
        table.Add("n", "100");
        table.Add();
        table.Add("longer name", "", "yy");

        using StringWriter text = new() { NewLine = "\n" };
        table.Write(text, indent: "> ");

        Assert.Equal("> name           1  x\n> n            100\n\n> longer name       yy\n", text.ToString());
    }

    [Fact]
    public void A_row_with_too_many_cells_is_refused() => Assert.Throws<ArgumentException>(() => new TextTable(Align.Left).Add("a", "b"));
}
