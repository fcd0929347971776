using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Quantizer.Cli.Layout;
using Quantizer.Graphs;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Inspections;
using Quantizer.Pipeline.Reports;
using Quantizer.Reporting;
using Quantizer.Reporting.Texts;
using Quantizer.Samples;

namespace Quantizer.Cli.Configurations;

/// <summary>A configuration to begin with: what was found of a model and its data, and the fields that most want a look.</summary>
/// <param name="command">Whose configuration it is.</param>
/// <param name="path">Where it will lie: relative paths begin in its folder.</param>
internal sealed class ConfigurationDraft(Command command, string path)
{
    private const int Width = 100;

    /// <summary>Besides model, data and pictures; with their defaults, or as a remark where there is none.</summary>
    private static readonly string[] Usual =
    [
        "samples",
        "seed",
        "method",
        "bias-correction",
        "channel-scales",
        "exclude",
        "exclude-op",
        "labels",
        "output",
        "report",
        "threads",
    ];

    private static readonly Dictionary<string, string> Examples = new()
    {
        ["eval"] = "[\"./val\"]",
        ["calib"] = "[\"./images\"]",
        ["exclude"] = "[\"/head/*\"]",
        ["exclude-op"] = "[\"Gemm\"]",
        ["labels"] = "\"./val.txt\"",
        ["output"] = "\"model.int8.onnx\"",
        ["report"] = "[\"report.json\", \"report.md\"]",
    };

    private static readonly IReadOnlyDictionary<string, string> Defaults = ReportParts.Options(
        new QuantizationOptions { ModelPath = "", CalibrationPaths = [] },
        output: ""
    );

    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, ConfigurationField> _fields = ConfigurationFile.FieldsOf(command).ToDictionary(field => field.Name);

    /// <param name="options">The model and data that were looked at.</param>
    public string Text(QuantizationOptions options, ModelSurvey survey)
    {
        Remark($"Written by quantize {ToolVersion.Text}. Run it with: quantize {ConfigurationFile.Name} {Path.GetFileName(path)}", "");
        Remark("Relative paths begin at this file's folder; what the command line says wins. 'quantize --help' tells all fields.", "");
        _text.Append("{\n");
        WriteModel(options.ModelPath, survey.Inspection);
        WriteData(options, survey);
        if (survey.Data is { } data)
            WriteFound(data);
        foreach (string name in Usual)
            Field(name, Json(name, Defaults.GetValueOrDefault(name, "")));
        _text.Append("}\n");
        return _text.ToString();
    }

    private void WriteModel(string model, ModelInspection inspection)
    {
        string producer = inspection.Producer.Length == 0 ? "" : $", made by {inspection.Producer}";
        Remark(
            $"{FigureText.Bytes(inspection.FileBytes)}, opset {inspection.Opset}{producer}, {FigureText.Count(inspection.Parameters)} parameters"
        );
        foreach (TensorSignature input in inspection.Inputs)
            Remark($"input {SignatureText.Of(input)}");
        foreach (TensorSignature output in inspection.Outputs)
            Remark($"output {SignatureText.Of(output)}");
        Remark("operators " + string.Join(", ", inspection.OperatorCounts.Select(count => $"{count.Key} {FigureText.Count(count.Value)}")));
        if (inspection.PercentPlaced is { } placed)
            Remark($"{FigureText.Percent(placed)} of its multiply-accumulates would be placed as integers");
        Value("model", Quoted(Near(model)));
    }

    private void WriteData(QuantizationOptions options, ModelSurvey survey)
    {
        if (survey.Data is { } data)
        {
            Remark($"{FigureText.Count(data.Samples, "sample")}");
            foreach (string note in data.Notes)
                Remark(note);
            string[] inputs = [.. survey.Inspection.Inputs.Select(input => input.Name)];
            IEnumerable<string> paths = options
                .CalibrationPaths.Select(text => DataPath.Of(text, inputs))
                .Select(data => data.Input is null ? Near(data.Path) : $"{data.Input}={Near(data.Path)}");
            Value("calib", $"[{string.Join(", ", paths.Select(Quoted))}]");
        }
        else
        {
            Field("calib", null);
            Remark("Without data ranges are taken in each run, or weights only stored. Take this out when there is \"calib\".");
            Value("activations", "\"dynamic\"");
        }
        Field("eval", null);
    }

    private void WriteFound(DataSurvey data)
    {
        Remark($"What it is judged by was recognized: {data.Task.Why}");
        Off("task", Quoted(data.Task.Word));
        if (data.Explanation.Length > 0)
            Remark(data.Explanation);
        if (data.Candidates.Count > 0)
            Remark("Say the right one in the place of this guess; likeliest first:");
        foreach (string candidate in data.Candidates)
            Remark("  " + candidate);
        foreach ((string name, string value) in data.Pictures)
            Value(name, Json(name, value)!);
    }

    /// <summary>With its help; as a remark where it has no value.</summary>
    private void Field(string name, string? json)
    {
        Remark(_fields[name].Description);
        if (json is null)
            Off(name, Examples[name]);
        else
            Value(name, json);
    }

    /// <summary>A value in the words of the command line, as JSON; null: it has none.</summary>
    private string? Json(string name, string value) =>
        value.Length == 0
            ? null
            : _fields[name].Kind switch
            {
                FieldKind.Whole or FieldKind.Number => value,
                FieldKind.Numbers => $"[{value.Replace(",", ", ", StringComparison.Ordinal)}]",
                FieldKind.Switch => value,
                _ => Quoted(value),
            };

    private void Value(string name, string json) => _text.Append(CultureInfo.InvariantCulture, $"  \"{name}\": {json},\n");

    private void Off(string name, string json) => _text.Append(CultureInfo.InvariantCulture, $"  // \"{name}\": {json},\n");

    private void Remark(string text, string indent = "  ")
    {
        if (_text.Length > 1 && _text[^2] == ',')
            _text.Append('\n');
        foreach (string line in WordWrap.Lines(text, Width))
            _text.Append(CultureInfo.InvariantCulture, $"{indent}// {Printable.Line(line)}\n");
    }

    /// <summary>A path as it is seen from this file, if it was not absolute.</summary>
    private string Near(string other) =>
        Path.IsPathRooted(other) ? other : Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFullPath(other));

    private static string Quoted(string text) =>
        $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
