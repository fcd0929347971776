using Quantizer.Cli.Explanations;
using Quantizer.Cli.Terminals;

namespace Quantizer.Cli.Tests.Explanations;

public sealed class PlainMarkdownTests
{
    [Theory]
    [InlineData("one\ntwo", "one two\n")]
    [InlineData("one\n\ntwo", "one\n\ntwo\n")]
    [InlineData("## Why\ntext", "Why\ntext\n")]
    [InlineData("say `--json` or [this](there.md)", "say --json or this\n")]
    [InlineData("- a first\n  item\n- and a second", "- a first item\n- and a second\n")]
    [InlineData("- some more words than fit", "- some more words\n  than fit\n")]
    [InlineData("for\n```sh\nquantize  `x` and more than fits\n```\nafter", "for\n    quantize  `x` and more than fits\nafter\n")]
    public void Markdown_is_made_plain(string markdown, string plain)
    {
        StringWriter text = new() { NewLine = "\n" };

        PlainMarkdown.Write(markdown, new Terminal(text, TextWriter.Null) { Width = 20 });

        Assert.Equal(plain, text.ToString());
    }

    [Fact]
    public void Headings_are_bold_where_there_are_colours()
    {
        StringWriter text = new() { NewLine = "\n" };

        PlainMarkdown.Write("## Why", new Terminal(text, TextWriter.Null) { Ink = Ink.Ansi });

        Assert.Equal("\e[1mWhy\e[0m\n", text.ToString());
    }
}
