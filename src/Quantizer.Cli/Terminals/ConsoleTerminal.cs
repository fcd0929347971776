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
        TerminalWishes wishes = new(Environment.GetEnvironmentVariable);
        return new Terminal(StandardStreams.Output, StandardStreams.Error)
        {
            Width = isOutputRedirected ? Terminal.DefaultWidth : Width(),
            Ink = wishes.WantsColor(isOutputRedirected) && UnderstandsAnsi() ? Ink.Ansi : Ink.None,
            ErrorInk = wishes.WantsColor(isErrorRedirected) && UnderstandsAnsi() ? Ink.Ansi : Ink.None,
            TakesUnicode = wishes.TakesUnicode && Console.OutputEncoding is UTF8Encoding,
            Workflow = GitHubWorkflow.From(Environment.GetEnvironmentVariable),
            ShowsLiveProgress = wishes.WantsLiveProgress(isErrorRedirected),
        };
    }

    private static bool UnderstandsAnsi() => !OperatingSystem.IsWindows() || WindowsConsole.TryEnableAnsi();

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
