using System.Text.Json;

namespace Quantizer.Reporting;

/// <summary>Reads what <see cref="JsonReportWriter"/> wrote, of this version or an older one.</summary>
internal static class ReportReader
{
    /// <exception cref="QuantizationException">The file cannot be read, is no report, or one of a newer version.</exception>
    public static QuantizationReport Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            QuantizationReport report =
                JsonSerializer.Deserialize(file, ReportJson.Default.QuantizationReport) ?? throw NoReport(path, "it holds null");
            return report.Schema <= QuantizationReport.CurrentSchema
                ? report
                : throw NoReport(
                    path,
                    $"its schema is {report.Schema}, and this version knows those up to {QuantizationReport.CurrentSchema}; use a newer one"
                );
        }
        catch (JsonException error)
        {
            throw NoReport(path, error.Message.TrimEnd('.'), error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QuantizationException($"The report '{path}' cannot be read: {error.Message}", error);
        }
    }

    private static QuantizationException NoReport(string path, string why, Exception? inner = null) =>
        new($"'{path}' is no report that can be read: {why}. Give a .json file that quantize --report or --json wrote.", inner);
}
