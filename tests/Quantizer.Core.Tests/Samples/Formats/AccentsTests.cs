using Quantizer.Samples.Formats;

namespace Quantizer.Core.Tests.Samples.Formats;

public class AccentsTests
{
    [Theory]
    [InlineData("àéîõüçñåžşőłøß", "aeiouc" + "naz" + "so" + "łøß")]
    [InlineData("ấệữ", "aeu")]
    [InlineData("άϊй", "αιи")]
    [InlineData("ἄ", "α")]
    [InlineData("abc 中 ÷", "abc 中 ÷")]
    public void Letters_lose_what_decomposition_parts_from_them_and_nothing_else(string text, string expected) =>
        Assert.Equal(expected, string.Concat(text.Select(Accents.Without)));
}
