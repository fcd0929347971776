using System.Text;
using Quantizer.Reporting;

namespace Quantizer.Cli.Workflows;

/// <summary>The Markdown report in the summary of a GitHub job, which refuses what is longer than 1 MiB as a whole.</summary>
internal static class StepSummary
{
    /// <summary>Of all that a step writes.</summary>
    public const int MostBytes = 1 << 20;

    private const string FoldedPart = "<details>";
    private const string Cut = "\nThe rest is longer than GitHub's summaries may be: --report FILE.md writes all of it.\n";

    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Append(QuantizationReport report, string path)
    {
        using MemoryStream markdown = new();
        new MarkdownReportWriter().Write(report, markdown);
        long written = File.Exists(path) ? new FileInfo(path).Length : 0;
        JobFile.Append(path, Fit(Encoding.GetString(markdown.ToArray()), MostBytes - written));
    }

    /// <summary>Whole parts only: one that is folded away and never closed would swallow what follows.</summary>
    public static string Fit(string markdown, long bytes)
    {
        if (Encoding.GetByteCount(markdown) <= bytes)
            return markdown;
        long left = bytes - Encoding.GetByteCount(Cut);
        StringBuilder fitting = new();
        foreach (string part in Parts(markdown))
        {
            left -= Encoding.GetByteCount(part);
            if (left < 0)
                break;
            fitting.Append(part);
        }
        return fitting.Length == 0 ? "" : fitting.Append(Cut).ToString();
    }

    private static IEnumerable<string> Parts(string markdown)
    {
        int start = 0;
        while (markdown.IndexOf(FoldedPart, Math.Min(start + 1, markdown.Length), StringComparison.Ordinal) is >= 0 and int next)
        {
            yield return markdown[start..next];
            start = next;
        }
        yield return markdown[start..];
    }
}
