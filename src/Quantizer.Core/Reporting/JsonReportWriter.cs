using System.Text.Json;

namespace Quantizer.Reporting;

/// <summary>
/// The report as JSON: the record's names in camel case. Percentages are 0 to 100, times milliseconds, ratios in dB.
/// A number that is not finite is null: an output without any error has no signal-to-noise ratio.
/// </summary>
public sealed class JsonReportWriter : IReportWriter
{
    /// <summary>The format's name as it is told to users.</summary>
    public string Format => "JSON";

    /// <summary>Writes the whole report, UTF-8 without a byte order mark, lines ended by a single line feed.</summary>
    /// <param name="report">What a run gave.</param>
    /// <param name="output">Left open.</param>
    public void Write(QuantizationReport report, Stream output)
    {
        JsonSerializer.Serialize(output, report, ReportJson.Default.QuantizationReport);
        output.WriteByte((byte)'\n');
    }

    /// <summary>The same text without the last line feed.</summary>
    /// <param name="report">What a run gave.</param>
    public static string ToText(QuantizationReport report) => JsonSerializer.Serialize(report, ReportJson.Default.QuantizationReport);
}
