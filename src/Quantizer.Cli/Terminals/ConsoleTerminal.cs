using System.Text;

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
        bool dumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        return new Terminal(Console.Out, Console.Error)
        {
            Width = Console.IsOutputRedirected ? Terminal.DefaultWidth : Width(),
            // A CI log may take colours even where it is no terminal, but a file it is redirected into does not.
            Ink = !Console.IsOutputRedirected && !dumb && !IsSet("NO_COLOR") && !IsSet("CI") && UnderstandsAnsi() ? Ink.Ansi : Ink.None,
            ShowsLiveProgress = !Console.IsErrorRedirected && !dumb && !IsSet("CI"),
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
