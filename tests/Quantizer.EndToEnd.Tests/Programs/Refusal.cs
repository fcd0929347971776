using Quantizer.Cli;

namespace Quantizer.EndToEnd.Tests.Programs;

/// <summary>What every refused run has in common: one message, the right exit code, and a folder as it was before.</summary>
internal static class Refusal
{
    /// <summary>A run that the model or the data make impossible.</summary>
    /// <param name="fragments">What the message must say: the thing, what was found and expected, the remedy.</param>
    public static void IsFailure(Workspace workspace, string[] arguments, params string[] fragments)
    {
        ProgramResult result = Run(workspace, ExitCodes.Failed, arguments, fragments);
        Assert.StartsWith("error: ", result.Error.TrimEnd('\n').Split('\n')[^1]);
    }

    /// <summary>A command line that cannot be run.</summary>
    public static void IsWrongUsage(Workspace workspace, string[] arguments, params string[] fragments)
    {
        ProgramResult result = Run(workspace, ExitCodes.WrongUsage, arguments, fragments);
        // Stages that last have told of themselves, with the time of day.
        string[] lines = [.. result.Error.TrimEnd('\n').Split('\n').Where(line => !char.IsAsciiDigit(line[0]))];
        Assert.Equal(2, lines.Length);
        Assert.Matches("^'quantize( [a-z]+)? --help' tells all options", lines[1]);
    }

    private static ProgramResult Run(Workspace workspace, int exitCode, string[] arguments, string[] fragments)
    {
        IReadOnlyList<string> before = workspace.State();
        ProgramResult result = CommandLine.Run(arguments);
        Assert.True(exitCode == result.ExitCode, $"Exit code {result.ExitCode} instead of {exitCode}: {result.Out}{result.Error}");
        Assert.Equal("", result.Out);
        string message = Assert.Single(result.Error.Split('\n'), line => line.StartsWith("error: ", StringComparison.Ordinal));
        foreach (string fragment in fragments)
            Assert.True(message.Contains(fragment, StringComparison.Ordinal), $"'{fragment}' is missing in: {message}");
        Assert.DoesNotContain("Exception", result.Error);
        Assert.DoesNotContain("This is a bug", result.Error);
        Assert.DoesNotMatch(@"(?m)^\s+at ", result.Error);
        Assert.Equal(before, workspace.State());
        return result;
    }
}
