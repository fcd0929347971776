using CsCheck;
using Quantizer.Cli.Layout;

namespace Quantizer.Cli.Tests.Layout;

public sealed class WordWrapTests
{
    [Fact]
    public void Lines_break_at_spaces() => Assert.Equal(["one two", "three"], WordWrap.Lines("one two three", 8));

    [Fact]
    public void A_line_that_just_fits_stays_whole() => Assert.Equal(["one two"], WordWrap.Lines("one two", 7));

    [Fact]
    public void A_word_longer_than_the_line_stays_whole() =>
        Assert.Equal(["a", "/very/long/path", "b"], WordWrap.Lines("a /very/long/path b", 5));

    [Theory]
    [InlineData("took 412 ms", 9, "took", "412 ms")]
    [InlineData("412 ms", 4, "412", "ms")]
    [InlineData("1 2 3 4", 3, "1 2", "3 4")]
    public void A_number_stays_with_its_unit_where_it_can(string text, int width, params string[] lines) =>
        Assert.Equal(lines, WordWrap.Lines(text, width));

    [Fact]
    public void Line_ends_of_the_text_are_kept() => Assert.Equal(["a", "", "b"], WordWrap.Lines("a\r\n\nb", 5));

    [Fact]
    public void An_empty_text_is_one_empty_line() => Assert.Equal([""], WordWrap.Lines("", 5));

    [Fact]
    public void No_word_is_lost_and_no_line_could_have_been_shorter() =>
        Gen.Select(Gen.String[Gen.Char["ab "], 0, 60], Gen.Int[1, 20])
            .Sample(
                (text, width) =>
                {
                    string[] lines = [.. WordWrap.Lines(text, width)];
                    Assert.Equal(
                        text.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                        string.Join(' ', lines).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    );
                    Assert.All(
                        lines,
                        line => Assert.True(line.Length <= width || !line.TrimStart().Contains(' '), $"'{line}' is longer than {width}")
                    );
                }
            );
}
