using System.Text.RegularExpressions;
using Quantizer.Cli.Layout;
using Quantizer.Cli.Terminals;

namespace Quantizer.Cli.Explanations;

/// <summary>Markdown for a terminal: headings, paragraphs, lists and code between fences; marks of code and links are left out.</summary>
internal static partial class PlainMarkdown
{
    private const string Fence = "```",
        Item = "- ",
        Indent = "    ";

    public static void Write(string markdown, Terminal terminal)
    {
        List<string> block = [];
        bool isCode = false;
        foreach (string line in markdown.Split('\n'))
        {
            bool isFence = line.StartsWith(Fence, StringComparison.Ordinal);
            if (isFence || line.Length == 0 || line.StartsWith(Item, StringComparison.Ordinal) || line[0] == '#')
                Flush(block, terminal);
            if (isFence)
                isCode = !isCode;
            else if (isCode)
                terminal.Out.WriteLine(Indent + line);
            else if (line.Length == 0)
                terminal.Out.WriteLine();
            else if (line[0] == '#')
                terminal.Out.WriteLine(terminal.Ink.Bold(Plain(line.TrimStart('#', ' '))));
            else
                block.Add(line.Trim());
        }
        Flush(block, terminal);
    }

    /// <summary>A paragraph or an item, whose lines are broken anew.</summary>
    private static void Flush(List<string> block, Terminal terminal)
    {
        if (block.Count == 0)
            return;
        string text = Plain(string.Join(' ', block));
        string label = text.StartsWith(Item, StringComparison.Ordinal) ? Item : "";
        WordWrap.WriteHanging(terminal.Out, label, text[label.Length..], terminal.Width);
        block.Clear();
    }

    private static string Plain(string text) => Link().Replace(text, "$1").Replace("`", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();
}
