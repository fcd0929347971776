using System.Text.Json;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;

namespace Quantizer.EndToEnd.Tests.Reports;

/// <summary>What a run tells, and what it leaves alone.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _model;

    public ReportTests() => _model = _workspace.Write("model.onnx", Networks.Classifier());

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Json_and_both_report_files_tell_the_same_run()
    {
        string json = _workspace.PathOf("report.json"),
            markdown = _workspace.PathOf("report.md");

        JsonElement printed = CommandLine
            .Run(_model, "--calib", _workspace.WriteSamples(), "--json", "--report", json, "--report", markdown)
            .MustSucceed()
            .Json();

        using JsonDocument written = JsonDocument.Parse(File.ReadAllText(json));
        Assert.Equal(printed.ToString(), written.RootElement.ToString());
        Assert.Equal(1, printed.GetProperty("schema").GetInt32());
        string text = File.ReadAllText(markdown);
        Assert.StartsWith($"# `{_model}`", text);
        Assert.Contains(_workspace.PathOf("model.int8.onnx"), text);
    }

    [Fact]
    public void The_result_lies_beside_the_model_and_nothing_else_changes()
    {
        string data = _workspace.WriteSamples();
        IReadOnlyList<string> before = _workspace.State();

        ProgramResult result = CommandLine.Run(_model, "--calib", data).MustSucceed();

        string output = _workspace.PathOf("model.int8.onnx");
        Assert.Equal(before.Append($"{output} {Workspace.Fingerprint(output)}").Order(StringComparer.Ordinal), _workspace.State());
        Assert.EndsWith($"Wrote {output}\n", result.Out);
    }

    [Fact]
    public void The_hash_in_the_report_is_the_models()
    {
        JsonElement report = CommandLine.Run(_model, "--calib", _workspace.WriteSamples(), "--json").MustSucceed().Json();

        Assert.Equal(Workspace.Fingerprint(_model).Split(' ')[0], report.GetProperty("model").GetProperty("sha256").GetString());
    }

    [Fact]
    public void Class_folders_give_accuracy_and_held_out_data_are_told_as_such()
    {
        string calibration = _workspace.WritePictures(),
            evaluation = _workspace.WritePictures("validation", perClass: 3);

        JsonElement report = CommandLine
            .Run(_model, "--calib", calibration, "--eval", evaluation, "--preset", "zero-one", "--json")
            .MustSucceed()
            .Json();

        JsonElement measured = report.GetProperty("data").GetProperty("evaluation");
        Assert.Equal(
            (12, 12, true),
            (
                measured.GetProperty("samples").GetInt32(),
                measured.GetProperty("labelled").GetInt32(),
                measured.GetProperty("heldOut").GetBoolean()
            )
        );
        Assert.InRange(report.GetProperty("accuracy").GetProperty("top1").GetProperty("fp32").GetDouble(), 0, 100);
    }

    [Fact]
    public void The_flags_that_fix_the_preparation_give_the_same_file()
    {
        string pictures = _workspace.WritePictures();
        JsonElement report = CommandLine.Run(_model, "--calib", pictures, "--preset", "guess", "--json").MustSucceed().Json();
        byte[] found = File.ReadAllBytes(_workspace.PathOf("model.int8.onnx"));
        string[] flags = report.GetProperty("preprocessing").GetProperty("flags").GetString()!.Split(' ');

        JsonElement repeated = CommandLine.Run([_model, "--calib", pictures, .. flags, "--json"]).MustSucceed().Json();

        Assert.Equal(found, File.ReadAllBytes(_workspace.PathOf("model.int8.onnx")));
        Assert.Equal("flags", repeated.GetProperty("preprocessing").GetProperty("chosenBy").GetString());
    }
}
