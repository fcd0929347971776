using Quantizer.Reporting;

namespace Quantizer.Core.Tests.Reporting;

public sealed class OptionWordsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a b", "a", "b")]
    [InlineData("\"my pictures\" other", "my pictures", "other")]
    [InlineData("\"\" x", "", "x")]
    [InlineData("\"\"\"quoted\"\" word\"", "\"quoted\" word")]
    [InlineData("\"\"\"x\"", "\"x")]
    [InlineData("a\"b", "a\"b")]
    public void Words_are_parted_as_they_were(string text, params string[] words)
    {
        Assert.Equal(text, OptionWords.Join(words));
        Assert.Equal(words, OptionWords.Split(text));
    }
}
