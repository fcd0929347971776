using System.CommandLine;
using Quantizer.Cli.Commands;
using Quantizer.Cli.Flags;
using Quantizer.Cli.Layout;

namespace Quantizer.Cli.Usage;

/// <summary>Draws a command's help page from the command itself: what it is for, how to call it, examples, then every option by
/// group.</summary>
internal static class HelpPage
{
    private const int NameColumn = 26;
    private const string Indent = "  ";
    private const string ExampleIndent = "      ";

    /// <summary>The first half: enough to make a start with.</summary>
    public static void WriteStart(CommandPage page, TextWriter text, int width)
    {
        WordWrap.WriteHanging(text, "", page.Summary, width);
        WriteUsages(page, text, width);
        WriteExamples(page, text, width);
    }

    public static void Write(CommandPage page, TextWriter text, int width)
    {
        WriteStart(page, text, width);
        if (page.Command.Arguments.Count > 0)
        {
            text.WriteLine();
            text.WriteLine("Arguments:");
            foreach (Argument argument in page.Command.Arguments)
                WriteEntry(argument.Name, argument.Description ?? "", text, width);
        }
        foreach (FlagGroup group in page.Groups)
            WriteGroup(group, text, width);
        text.WriteLine();
        text.WriteLine("Other:");
        WriteEntry("-h, --help", "Show this page.", text, width);
        WriteEntry("--version", "Show the version.", text, width);
        WriteEntry("@FILE", "Read further arguments from a text file.", text, width);
        text.WriteLine();
        WordWrap.WriteHanging(
            text,
            "",
            $"Exit codes: {string.Join(", ", ExitCodes.Meanings.Select(row => $"{row.Code} {row.Meaning}"))}.",
            width
        );
    }

    private static void WriteUsages(CommandPage page, TextWriter text, int width)
    {
        text.WriteLine();
        text.WriteLine("Usage:");
        int column = page.Usages.Max(usage => usage.Line.Length) + Indent.Length;
        foreach ((string line, string meaning) in page.Usages)
            WordWrap.WriteHanging(text, Indent + line.PadRight(column), meaning, width);
    }

    private static void WriteExamples(CommandPage page, TextWriter text, int width)
    {
        text.WriteLine();
        text.WriteLine("Examples:");
        foreach ((string line, string meaning) in page.Examples)
        {
            text.WriteLine(Indent + line);
            WordWrap.WriteHanging(text, ExampleIndent, meaning, width);
        }
    }

    private static void WriteGroup(FlagGroup group, TextWriter text, int width)
    {
        text.WriteLine();
        text.WriteLine($"{group.Title}:");
        foreach (Option option in group.Options)
        {
            string names = string.Join(", ", option.Aliases.Append(option.Name));
            string hint = option.Arity.MaximumNumberOfValues == 0 ? "" : $" {option.HelpName}";
            WriteEntry(names + hint, option.Description ?? "", text, width);
        }
    }

    private static void WriteEntry(string name, string description, TextWriter text, int width) =>
        WordWrap.WriteHanging(text, (Indent + name).PadRight(NameColumn), description, width);
}
