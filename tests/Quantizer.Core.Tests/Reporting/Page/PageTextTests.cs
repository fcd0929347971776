using Quantizer.Reporting.Page;

namespace Quantizer.Core.Tests.Reporting.Page;

public sealed class PageTextTests
{
    [Fact]
    public void Values_are_escaped_and_markup_is_not()
    {
        PageText page = new();
        string name = "<b title=\"x\">&'\n";

        page.Add($"<p>{name}</p>");

        Assert.Equal("<p>&lt;b title=&quot;x&quot;&gt;&amp;&#39; </p>", page.ToString());
    }

    [Fact]
    public void Coordinates_have_a_decimal_point_two_digits_and_are_numbers()
    {
        PageText page = new();

        page.Add($"{1.23456} {-0.5} {double.NaN} {1000L}");

        Assert.Equal("1.23 -0.5 0 1000", page.ToString());
    }
}
