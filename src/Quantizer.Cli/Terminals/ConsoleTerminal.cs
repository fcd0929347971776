using System.Text;
using Quantizer.Cli.Workflows;

namespace Quantizer.Cli.Terminals;

/// <summary>The real console, and what the environment says about it.</summary>
internal static class ConsoleTerminal
{
    private const int NarrowestWidth = 40;

    // Longer lines of prose are hard to read.
    private const int WidestWidth = 100;

    public static Terminal Open()
    {
        if (OperatingSystem.IsWindows())
        {
            // The old code pages cannot write every file name.
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }
        bool isOutputRedirected = !StandardStreams.IsOutputOpen || Console.IsOutputRedirected;
        bool isErrorRedirected = !StandardStreams.IsErrorOpen || Console.IsErrorRedirected;
        bool dumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        return new Terminal(StandardStreams.Output, StandardStreams.Error)
        {
            Width = isOutputRedirected ? Terminal.DefaultWidth : Width(),
            // A CI log may take colours even where it is no terminal, but a file it is redirected into does not.
            Ink = !isOutputRedirected && !dumb && !IsSet("NO_COLOR") && !IsSet("CI") && UnderstandsAnsi() ? Ink.Ansi : Ink.None,
            Workflow = GitHubWorkflow.From(Environment.GetEnvironmentVariable),
            ShowsLiveProgress = !isErrorRedirected && !dumb && !IsSet("CI"),
        };
    }

    private static bool UnderstandsAnsi() => !OperatingSystem.IsWindows() || WindowsConsole.TryEnableAnsi();

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    private static int Width()
    {
        try
        {
            return Console.WindowWidth <= 0 ? Terminal.DefaultWidth : Math.Clamp(Console.WindowWidth, NarrowestWidth, WidestWidth);
        }
        catch (IOException)
        {
            // Some pseudo terminals have no size.
            return Terminal.DefaultWidth;
        }
    }
}
