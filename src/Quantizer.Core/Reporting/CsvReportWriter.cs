using System.Globalization;
using System.Text;
using Quantizer.Reporting.Details;

namespace Quantizer.Reporting;

/// <summary>
/// Nodes and tensors as one table (RFC 4180, but lines end in a single line feed): a row is of the kind "node" or "tensor", says all
/// of it, and leaves empty what does not apply. Per channel there is one row all the same, with the largest scale. Errors in dB are there
/// where details were collected; an empty one is none.
/// </summary>
internal sealed class CsvReportWriter : IReportWriter
{
    private const string Header =
        "kind,name,operator,decision,reason,kernel,macs,type,method,min,max,scale,zero_point,expected_sqnr_db,measured_sqnr_db,own_sqnr_db,"
        + "alone_at_outputs_sqnr_db,in_float_gain_db";

    /// <summary>Spreadsheets take what begins with one of these for a formula.</summary>
    private const string FormulaMarks = "=+-@\t\r";

    public string Format => "CSV";

    public void Write(QuantizationReport report, Stream output)
    {
        using StreamWriter writer = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true)
        {
            NewLine = "\n",
        };
        writer.WriteLine(Header);
        Dictionary<string, LinkedNode> links = [];
        foreach (LinkedNode link in report.Details?.Network ?? [])
            links[link.Name] = link;
        Dictionary<string, LayerCost> costs = (report.Details?.Costs?.Layers ?? []).ToDictionary(layer => layer.Node);
        foreach (NodeReport node in report.Nodes)
            writer.WriteLine(Row(node, links.GetValueOrDefault(node.Name), costs.GetValueOrDefault(node.Name)));
        foreach ((string name, TensorReport? tensor, TensorError? error) in TensorsOf(report))
            writer.WriteLine(Row(name, tensor, error, report));
    }

    /// <summary>The quantized ones first, then those whose error alone is known.</summary>
    private static IEnumerable<(string Name, TensorReport? Tensor, TensorError? Error)> TensorsOf(QuantizationReport report)
    {
        Dictionary<string, TensorError> errors = [];
        foreach (TensorError error in report.Details?.Errors ?? [])
            errors[error.Name] = error;
        foreach (TensorReport tensor in report.Tensors)
        {
            errors.Remove(tensor.Name, out TensorError? error);
            yield return (tensor.Name, tensor, error);
        }
        foreach (TensorError error in (report.Details?.Errors ?? []).Where(error => errors.ContainsKey(error.Name)))
            yield return (error.Name, null, error);
    }

    private static string Row(NodeReport node, LinkedNode? link, LayerCost? cost) =>
        Join(
            "node",
            Name(node.Name),
            Name(node.OpType),
            ReportWords.Decisions.WordOf(node.Decision),
            Name(node.Reason),
            Name(node.Kernel ?? ""),
            link?.Macs?.ToString(CultureInfo.InvariantCulture) ?? "",
            node.StoredAs ?? "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            Number(cost?.AloneDb),
            Number(cost?.GivenBackDb)
        );

    private static string Row(string name, TensorReport? tensor, TensorError? error, QuantizationReport report) =>
        Join(
            "tensor",
            Name(name),
            Name(report.Nodes.FirstOrDefault(node => node.Name == error?.Node)?.OpType ?? ""),
            "",
            "",
            "",
            "",
            tensor?.Type ?? "",
            Name(tensor?.Method ?? ""),
            Number(tensor?.Min),
            Number(tensor?.Max),
            Number(tensor?.Scale.Max()),
            tensor?.ZeroPoint.ToString(CultureInfo.InvariantCulture) ?? "",
            Number(tensor?.SqnrDb ?? error?.PredictedSqnrDb),
            Number(error?.SqnrDb),
            Number(error?.OwnSqnrDb),
            "",
            ""
        );

    private static string Join(params string[] cells) => string.Join(',', cells.Select(Quoted));

    private static string Number(double? value) =>
        value is { } number && double.IsFinite(number) ? number.ToString("0.####", CultureInfo.InvariantCulture) : "";

    private static string Number(float? value) =>
        value is { } number && float.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "";

    /// <summary>What comes from a model's file is text, whatever it begins with.</summary>
    private static string Name(string text) => text.Length > 0 && FormulaMarks.Contains(text[0]) ? "'" + text : text;

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
