using Quantizer.Cli.Terminals;

namespace Quantizer.Cli.Tests.Terminals;

public sealed class TerminalWishesTests
{
    [Theory]
    [InlineData("", false, true)]
    [InlineData("", true, false)]
    [InlineData("NO_COLOR=1", false, false)]
    [InlineData("NO_COLOR=", false, true)]
    [InlineData("TERM=dumb", false, false)]
    [InlineData("TERM=xterm", false, true)]
    [InlineData("CI=true", false, false)]
    [InlineData("CLICOLOR=0", false, false)]
    [InlineData("CLICOLOR_FORCE=1", true, true)]
    [InlineData("CLICOLOR_FORCE=1 CI=true", true, true)]
    [InlineData("CLICOLOR_FORCE=0", true, false)]
    [InlineData("CLICOLOR_FORCE=1 NO_COLOR=1", false, false)]
    public void Colours_are_where_they_are_seen_or_asked_for(string environment, bool isRedirected, bool expected) =>
        Assert.Equal(expected, Wishes(environment).WantsColor(isRedirected));

    [Theory]
    [InlineData("", false, true)]
    [InlineData("", true, false)]
    [InlineData("NO_COLOR=1", false, true)]
    [InlineData("TERM=dumb", false, false)]
    [InlineData("CI=true CLICOLOR_FORCE=1", false, false)]
    public void A_line_moves_only_where_a_person_watches(string environment, bool isRedirected, bool expected) =>
        Assert.Equal(expected, Wishes(environment).WantsLiveProgress(isRedirected));

    [Fact]
    public void An_error_is_red_where_standard_error_takes_it()
    {
        using ProgramRun run = new()
        {
            Adjust = terminal => terminal with { ErrorInk = Ink.Ansi },
            During = (_, _) => throw new QuantizationException("The data end. Give more."),
        };

        Assert.Equal(ExitCodes.Failed, run.Run("m.onnx", "--calib", "c"));

        Assert.Equal("\e[31merror:\e[0m The data end. Give more.\n", run.Error);
    }

    private static TerminalWishes Wishes(string environment) =>
        new(name =>
            environment
                .Split(' ')
                .Where(pair => pair.StartsWith(name + "=", StringComparison.Ordinal))
                .Select(pair => pair[(name.Length + 1)..])
                .FirstOrDefault()
        );
}
