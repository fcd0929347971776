using Quantizer.Reporting.Page;

namespace Quantizer.Reporting;

/// <summary>The formats a report can be written in, by file extension.</summary>
internal static class ReportFormats
{
    private static readonly (string Extension, IReportWriter Writer)[] Writers =
    [
        (".json", new JsonReportWriter()),
        (".md", new MarkdownReportWriter()),
        (".markdown", new MarkdownReportWriter()),
        (".html", new HtmlReportWriter()),
        (".htm", new HtmlReportWriter()),
    ];

    /// <summary>With their dots, in the order they are told to users.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [.. Writers.Select(entry => entry.Extension)];

    /// <summary>The writer for the file's extension, whatever its case; null when there is none.</summary>
    public static IReportWriter? ForPath(string path)
    {
        string extension = Path.GetExtension(path);
        foreach ((string known, IReportWriter writer) in Writers)
        {
            if (known.Equals(extension, StringComparison.OrdinalIgnoreCase))
                return writer;
        }
        return null;
    }
}
