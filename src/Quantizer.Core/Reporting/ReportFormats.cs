using Quantizer.Reporting.JUnit;
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
        (".csv", new CsvReportWriter()),
        (".xml", new JUnitReportWriter()),
    ];

    /// <summary>With their dots, in the order they are told to users.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [.. Writers.Select(entry => entry.Extension)];

    /// <summary>Those that draw what lies behind the figures, so that it must be collected for them.</summary>
    public static IReadOnlyList<string> DetailedExtensions { get; } = [".html", ".htm", ".csv"];

    /// <summary>Whether a report of that name draws the details.</summary>
    public static bool ShowsDetails(string path) => DetailedExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

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
