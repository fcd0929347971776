using Quantizer.Cli.Flags;

namespace Quantizer.Cli.Tests.Flags;

public sealed class NearestWordTests
{
    [Theory]
    [InlineData("compare", "compare", 0)]
    [InlineData("comapre", "compare", 1)]
    [InlineData("inspct", "inspect", 1)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void Slips_are_counted(string from, string to, int slips) => Assert.Equal(slips, NearestWord.Distance(from, to));

    [Theory]
    [InlineData("--clib", "--calib")]
    [InlineData("--sample", "--samples")]
    [InlineData("--cat", null)]
    [InlineData("--x", null)]
    public void Only_a_near_word_is_offered(string word, string? meant) =>
        Assert.Equal(meant, NearestWord.Find(word, ["--samples", "--calib", "--std"]));
}
