using System.Text.Json;

namespace Quantizer.Reporting.Differences;

/// <summary>A difference as JSON: the record's names in camel case.</summary>
internal static class JsonDifferenceWriter
{
    /// <summary>The text, without a last line feed.</summary>
    public static string ToText(ReportDifference difference) => JsonSerializer.Serialize(difference, ReportJson.Default.ReportDifference);
}
