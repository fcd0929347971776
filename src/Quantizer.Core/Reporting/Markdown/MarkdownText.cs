using System.Text;
using Quantizer.Findings;

namespace Quantizer.Reporting.Markdown;

/// <summary>Pieces of GitHub's Markdown in which names from a model cannot break the page.</summary>
internal static class MarkdownText
{
    /// <summary>Letters that start markup, an element, a table cell, a formula or a mention anywhere in a line.</summary>
    private const string Special = "\\`*_[]<|~$@";

    /// <summary>Plain text on one line, nothing of it markup.</summary>
    public static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char letter in text)
        {
            if (char.IsControl(letter))
            {
                escaped.Append(' ');
            }
            else
            {
                if (Special.Contains(letter))
                    escaped.Append('\\');
                escaped.Append(letter);
            }
        }
        return escaped.ToString();
    }

    /// <summary>A name as code; safe in a table cell, also with back-ticks inside.</summary>
    public static string Code(string name)
    {
        if (name.Length == 0)
            return "";
        string line = new([.. name.Select(letter => char.IsControl(letter) ? ' ' : letter)]);
        string inCell = line.Replace("|", "\\|", StringComparison.Ordinal);
        return inCell.Contains('`', StringComparison.Ordinal) ? $"`` {inCell} ``" : $"`{inCell}`";
    }

    /// <summary>A finding as a block that GitHub sets off.</summary>
    public static void Alert(Finding finding, TextWriter text)
    {
        string alert = finding.Severity switch
        {
            FindingSeverity.Error => "CAUTION",
            FindingSeverity.Warning => "WARNING",
            _ => "NOTE",
        };
        text.WriteLine($"> [!{alert}]");
        string code = finding.Code.Length == 0 ? "" : $"{Escape(finding.Code)} ";
        string subject = finding.Subject.Length == 0 ? "" : $"**{Escape(finding.Subject)}**: ";
        text.WriteLine($"> {code}{subject}{Escape(finding.Message)}");
        if (finding.Remedy.Length > 0)
            text.WriteLine($"> {Escape(finding.Remedy)}");
        text.WriteLine();
    }

    public static void Row(TextWriter text, params ReadOnlySpan<string> cells)
    {
        text.Write('|');
        foreach (string cell in cells)
        {
            text.Write(' ');
            text.Write(cell);
            text.Write(" |");
        }
        text.Write('\n');
    }
}
