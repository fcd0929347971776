using System.Globalization;
using Quantizer.Reporting;
using Quantizer.Reporting.Texts;

namespace Quantizer.Cli.Workflows;

/// <summary>What later steps of a GitHub job may ask for, as lines of name and value.</summary>
internal static class StepOutputs
{
    /// <exception cref="IOException">They cannot be written.</exception>
    /// <param name="reports">The report files that were written.</param>
    public static void Append(QuantizationReport report, IReadOnlyList<string> reports, string path) =>
        JobFile.Append(path, string.Concat(Of(report, reports).Select(output => $"{output.Name}={OneLine(output.Value)}\n")));

    private static IEnumerable<(string Name, string Value)> Of(QuantizationReport report, IReadOnlyList<string> reports)
    {
        yield return ("int8", report.Model.Output);
        yield return ("report", reports.Count > 0 ? reports[0] : "");
        yield return ("headline", report.Task is { } task ? TaskText.Headline(task) : "");
        yield return ("speedup", report.Latency is { } latency ? latency.Speedup.ToString("0.###", CultureInfo.InvariantCulture) : "");
        yield return ("size", report.Size.Int8Bytes.ToString(CultureInfo.InvariantCulture));
        yield return ("limits", report.Limits.Any(limit => limit.Outcome != LimitOutcome.Passed) ? "missed" : "passed");
    }

    /// <summary>A value ends with its line, and what follows would be another output.</summary>
    private static string OneLine(string value) => new([.. value.Select(letter => letter is '\r' or '\n' ? ' ' : letter)]);
}
