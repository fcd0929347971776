using System.CommandLine;
using System.Text;
using Quantizer.Cli.Commands;
using Quantizer.Cli.Flags;

namespace Quantizer.Cli.Scripts;

/// <summary>The help pages of all commands as a manual page, in the man macros that every roff knows.</summary>
internal static class ManPage
{
    public static string Of(IReadOnlyList<CommandPage> pages)
    {
        StringBuilder text = new();
        text.Append($".TH QUANTIZE 1 \"\" \"quantize {Escape(ToolVersion.Text)}\" \"User Commands\"\n");
        text.Append($".SH NAME\nquantize \\- {Escape(FirstToLower(pages[0].Summary).TrimEnd('.'))}\n.SH SYNOPSIS\n");
        foreach ((string line, _) in pages.SelectMany(page => page.Usages).DistinctBy(usage => usage.Line))
            text.Append($".B {Escape(line)}\n.br\n");
        foreach (CommandPage page in pages)
            WriteCommand(page, text);
        WriteEntry(".SH OTHER", "\\-h, \\-\\-help", "Show the help page of a command.", text);
        WriteEntry(null, "\\-\\-version", "Show the version.", text);
        WriteEntry(null, "@FILE", "Read further arguments from a text file.", text);
        text.Append(".SH EXIT STATUS\n");
        foreach ((int code, string meaning) in ExitCodes.Meanings)
            WriteEntry(null, $"{code}", meaning, text);
        text.Append(".SH EXAMPLES\n");
        foreach ((string line, string meaning) in pages.SelectMany(page => page.Examples))
            text.Append($".TP\n.B {Escape(line)}\n{Escape(meaning)}\n");
        return text.ToString();
    }

    private static void WriteCommand(CommandPage page, StringBuilder text)
    {
        bool isRoot = page.Command is RootCommand;
        text.Append($".SH {(isRoot ? "DESCRIPTION" : $"QUANTIZE {page.Command.Name.ToUpperInvariant()}")}\n{Escape(page.Summary)}\n");
        foreach (Argument argument in page.Command.Arguments)
            WriteEntry(null, Escape(argument.Name), argument.Description ?? "", text);
        if (isRoot)
            text.Append(".SH OPTIONS\n");
        foreach (FlagGroup group in page.Groups)
        {
            text.Append($".SS \"{Escape(group.Title)}\"\n");
            foreach (Option option in group.Options)
            {
                string names = Escape(string.Join(", ", option.Aliases.Append(option.Name))),
                    hint = option.Arity.MaximumNumberOfValues == 0 ? "" : $" \\fI{Escape(option.HelpName ?? "")}\\fR";
                WriteEntry(null, names + hint, option.Description ?? "", text);
            }
        }
    }

    /// <param name="name">Escaped.</param>
    private static void WriteEntry(string? section, string name, string meaning, StringBuilder text)
    {
        if (section is not null)
            text.Append(section).Append('\n');
        text.Append($".TP\n\\fB{name}\\fR\n{Escape(meaning)}\n");
    }

    /// <summary>A minus that can be copied, and no line that begins with a request.</summary>
    private static string Escape(string text)
    {
        string escaped = text.Replace("\\", "\\e", StringComparison.Ordinal)
            .Replace("-", "\\-", StringComparison.Ordinal)
            .Replace("\"", "\\(dq", StringComparison.Ordinal)
            .Replace("\n", " ", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? $"\\&{escaped}" : escaped;
    }

    private static string FirstToLower(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
