using Quantizer.Ranges.Selectors;

namespace Quantizer.Core.Tests.Ranges.Selectors;

public class SelectorTableTests
{
    [Theory]
    [InlineData("auto", "auto")]
    [InlineData("minmax", "minmax")]
    [InlineData("percentile", "percentile:99.999")]
    [InlineData("percentile:99.99", "percentile:99.99")]
    [InlineData("percentile:100", "percentile:100")]
    [InlineData("entropy", "entropy")]
    [InlineData("mse", "mse")]
    public void Names_are_read(string text, string name) => Assert.Equal(name, SelectorTable.Parse(text).Name);

    [Theory]
    [InlineData("")]
    [InlineData("MinMax")]
    [InlineData("kl")]
    [InlineData("percentile:")]
    [InlineData("percentile:0.9999")]
    [InlineData("percentile:101")]
    [InlineData("percentile:99,9")]
    [InlineData("percentile:NaN")]
    public void Other_names_are_refused_with_a_list_of_the_valid_ones(string text)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => SelectorTable.Parse(text));
        Assert.Contains($"'{text}'", exception.Message);
        Assert.All((string[])["auto", "minmax", "percentile:P", "entropy", "mse"], valid => Assert.Contains(valid, exception.Message));
    }
}
