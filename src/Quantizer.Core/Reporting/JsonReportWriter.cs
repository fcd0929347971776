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
}
