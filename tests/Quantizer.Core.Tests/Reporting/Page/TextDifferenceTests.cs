using Quantizer.Reporting.Page;

namespace Quantizer.Core.Tests.Reporting.Page;

public sealed class TextDifferenceTests
{
    [Theory]
    [InlineData("", "", "", "")]
    [InlineData("same", "same", "same", "same")]
    [InlineData("total", "tota1", "tota[l]", "tota[1]")]
    [InlineData("abc", "", "[abc]", "")]
    [InlineData("hello", "helo", "hel[l]o", "helo")]
    [InlineData("No. 118", "No, 1I8", "No[.] 1[1]8", "No[,] 1[I]8")]
    [InlineData("a<b", "a&b", "a[&lt;]b", "a[&amp;]b")]
    public void Letters_that_only_one_text_has_are_marked(string first, string second, string firstMarked, string secondMarked)
    {
        (bool[] onlyFirst, bool[] onlySecond) = TextDifference.Of(first, second);

        Assert.Equal(firstMarked, Marked(first, onlyFirst));
        Assert.Equal(secondMarked, Marked(second, onlySecond));
    }

    [Fact]
    public void Very_long_differences_are_marked_as_a_whole()
    {
        string first = "start " + string.Concat(Enumerable.Repeat("ab", 400)) + " end",
            second = "start " + string.Concat(Enumerable.Repeat("ba", 400)) + " end";

        (bool[] onlyFirst, _) = TextDifference.Of(first, second);

        Assert.Equal(800, onlyFirst.Count(isMarked => isMarked));
        Assert.False(onlyFirst[5]);
    }

    private static string Marked(string text, bool[] isMarked)
    {
        PageText page = new();
        TextDifference.Write(page, text, isMarked);
        return page.ToString().Replace("<mark>", "[", StringComparison.Ordinal).Replace("</mark>", "]", StringComparison.Ordinal);
    }
}
