using System.Text.Json;

namespace Quantizer.Reporting;

/// <summary>
/// The report as JSON: the record's names in camel case. Percentages are 0 to 100, times milliseconds, ratios in dB.
/// A number that is not finite is null: an output without any error has no signal-to-noise ratio.
/// </summary>
public sealed class JsonReportWriter : IReportWriter
{
    public string Format => "JSON";

    public void Write(QuantizationReport report, Stream output)
    {
        JsonSerializer.Serialize(output, report, ReportJson.Default.QuantizationReport);
        output.WriteByte((byte)'\n');
    }

    /// <summary>The same text without the last line feed.</summary>
    public static string ToText(QuantizationReport report) => JsonSerializer.Serialize(report, ReportJson.Default.QuantizationReport);

    /// <summary>Reads a report back; null numbers that stood for non-finite ones become NaN.</summary>
    /// <exception cref="QuantizationException">The text is no report of schema 1.</exception>
    public static QuantizationReport Read(string json)
    {
        QuantizationReport? report;
        try
        {
            report = JsonSerializer.Deserialize(json, ReportJson.Default.QuantizationReport);
        }
        catch (JsonException exception)
        {
            throw new QuantizationException($"The text is no quantization report: {exception.Message} Expected the file that --report NAME.json writes.", exception);
        }
        return report is { Schema: QuantizationReport.CurrentSchema }
            ? report
            : throw new QuantizationException(
                $"The report has schema {report?.Schema ?? 0}; this version reads schema {QuantizationReport.CurrentSchema}. Write it again with this version.");
    }
}
