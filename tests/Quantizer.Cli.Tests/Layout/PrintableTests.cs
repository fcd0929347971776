using Quantizer.Cli.Layout;

namespace Quantizer.Cli.Tests.Layout;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("conv1", "conv1")]
    [InlineData("größe", "größe")]
    [InlineData("a\e[2Jb\r\n\u009bc", "a?[2Jb???c")]
    public void A_name_cannot_move_the_cursor(string name, string shown) => Assert.Equal(shown, Printable.Line(name));

    [Fact]
    public void Messages_keep_their_lines() => Assert.Equal("a\n\tb?", Printable.Lines("a\r\n\tb\e"));
}
