using Quantizer.Graphs.Files;

namespace Quantizer.Reporting;

/// <summary>Writes a report to disk so that the file is the old one or the new one, never half of either.</summary>
public static class ReportFile
{
    /// <summary>Writes the file, in the format that its extension names.</summary>
    /// <param name="report">What a run gave.</param>
    /// <param name="path">Ends in .json, .md, .markdown, .html, .htm, .csv or .xml (JUnit).</param>
    /// <exception cref="QuantizationException">The extension is another one, or the file cannot be written.</exception>
    public static void Write(QuantizationReport report, string path)
    {
        IReportWriter writer =
            ReportFormats.ForPath(path)
            ?? throw new QuantizationException(
                $"Report '{path}': the extension '{Path.GetExtension(path)}' names no format; expected "
                    + $"{string.Join(", ", ReportFormats.Extensions)}."
            );
        try
        {
            ReplacingFile.Write(path, stream => writer.Write(report, stream));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new QuantizationException($"Report '{path}' could not be written: {exception.Message}", exception);
        }
    }
}
