using Quantizer.Cli.Layout;
using Quantizer.Cli.Terminals;
using Quantizer.Findings;

namespace Quantizer.Cli.Summaries;

/// <summary>Findings, the worst first: what was found, where, and below it what to try.</summary>
internal static class FindingLines
{
    public static void Write(IEnumerable<Finding> findings, TextWriter text, Ink ink, int width)
    {
        foreach (Finding finding in findings.OrderByDescending(finding => finding.Severity))
        {
            string word = WordOf(finding.Severity);
            string label = finding.Code.Length == 0 ? $"{word}: " : $"{word} {finding.Code}: ";
            string subject = finding.Subject.Length == 0 ? "" : $"{finding.Subject}: ";
            WordWrap.WriteHanging(text, label, subject + finding.Message, width, lead => Paint(finding.Severity, lead, ink));
            if (finding.Remedy.Length > 0)
                WordWrap.WriteHanging(text, "try: ".PadLeft(label.Length), finding.Remedy, width);
        }
    }

    /// <summary>Where more is told of the first warning; nothing where there is none.</summary>
    public static void WriteWhereMoreIs(IEnumerable<Finding> findings, TextWriter text)
    {
        if (findings.FirstOrDefault(finding => finding is { Severity: FindingSeverity.Warning, Code.Length: > 0 }) is { } warning)
            text.WriteLine($"quantize explain {warning.Code} tells more.");
    }

    public static string WordOf(FindingSeverity severity) =>
        severity == FindingSeverity.Info ? "note" : SeverityWords.Table.WordOf(severity);

    private static string Paint(FindingSeverity severity, string label, Ink ink) =>
        severity switch
        {
            FindingSeverity.Error => ink.Red(label),
            FindingSeverity.Warning => ink.Yellow(label),
            _ => ink.Cyan(label),
        };
}
