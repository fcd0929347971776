using System.Text.Json;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Documentation;

/// <summary>The script of the GitHub action, with the variables that a runner sets.</summary>
public sealed class ActionScriptTests : IDisposable
{
    private readonly InstalledProgram _installed = new();
    private readonly Dictionary<string, string?> _variables;

    public ActionScriptTests()
    {
        foreach (string name in new[] { "outputs", "summary", "path" })
            File.WriteAllText(_installed.PathOf(name), "");
        Directory.CreateDirectory(_installed.PathOf("runner"));
        _variables = new Dictionary<string, string?>
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_WORKSPACE"] = _installed.PathOf(""),
            ["GITHUB_OUTPUT"] = _installed.PathOf("outputs"),
            ["GITHUB_STEP_SUMMARY"] = _installed.PathOf("summary"),
            ["GITHUB_PATH"] = _installed.PathOf("path"),
            ["RUNNER_TEMP"] = _installed.PathOf("runner"),
            ["RUNNER_OS"] = "Linux",
            ["RUNNER_ARCH"] = "X64",
            ["INPUT_MODEL"] = "model.onnx",
            ["INPUT_CALIB"] = "data/calib",
            ["INPUT_EVAL"] = "data/val\n",
            ["INPUT_LABELS"] = "",
            ["INPUT_OUTPUT"] = "my model.int8.onnx",
            ["INPUT_REPORT"] = "report.json\nreport.xml\n",
            ["INPUT_LIMITS"] = "--min-agreement 50",
            ["INPUT_VERSION"] = "",
            ["INPUT_ARGS"] = "--exclude-op \"Gemm\"\n--seed 1",
        };
    }

    public void Dispose() => _installed.Dispose();

    [ToolFact("bash")]
    public void A_run_gives_outputs_a_summary_and_reports_and_the_same_run_takes_them_from_the_store()
    {
        Script("look");
        Assert.Equal("found=true\n", Outputs());
        (int code, string text) = Script("run");

        Assert.True(code == 0, text);
        string outputs = Outputs();
        Assert.Contains("int8=my model.int8.onnx\nreport=report.json\nheadline=Same top class: ", outputs);
        Assert.Matches(@"\nspeedup=[0-9.]+\nsize=[0-9]+\nlimits=passed\n", outputs);
        string summary = File.ReadAllText(_installed.PathOf("summary"));
        Assert.StartsWith("# `model.onnx` as INT8: `my model.int8.onnx`", summary);
        byte[] model = File.ReadAllBytes(_installed.PathOf("my model.int8.onnx"));
        using (JsonDocument report = JsonDocument.Parse(File.ReadAllText(_installed.PathOf("report.json"))))
            Assert.Equal("1", report.RootElement.GetProperty("options").GetProperty("seed").GetString());

        foreach (string file in new[] { "my model.int8.onnx", "report.json", "report.xml" })
            File.Delete(_installed.PathOf(file));
        File.WriteAllText(_installed.PathOf("outputs"), "");
        (code, text) = Script("run");

        Assert.True(code == 0, text);
        Assert.Contains("::notice title=quantize::", text);
        Assert.DoesNotContain("Calibrating", text);
        Assert.Equal(outputs["found=true\n".Length..], Outputs());
        Assert.Equal(model, File.ReadAllBytes(_installed.PathOf("my model.int8.onnx")));
        Assert.True(File.Exists(_installed.PathOf("report.xml")));
        Assert.Equal(summary + summary, File.ReadAllText(_installed.PathOf("summary")));
    }

    [ToolFact("bash")]
    public void A_missed_limit_ends_with_its_code_annotated_and_is_not_stored()
    {
        _variables["INPUT_LIMITS"] = "--min-sqnr 99";

        (int code, string text) = Script("run");

        Assert.Equal(3, code);
        Assert.Contains("::error file=model.onnx,title=quantize%3A --min-sqnr::", text);
        Assert.Contains("limits=missed\n", Outputs());
        Assert.Contains("> [!CAUTION]", File.ReadAllText(_installed.PathOf("summary")));
        Assert.False(Directory.Exists(_installed.PathOf("runner/quantize-store")));
        Assert.True(File.Exists(_installed.PathOf("report.xml")));
    }

    [ToolFact("bash")]
    public void The_key_tells_model_data_and_arguments_and_nothing_else()
    {
        string first = Key();
        Assert.Matches("^key=quantize-Linux-X64-[0-9a-f]{64}$", first);
        Assert.Equal(first, Key());

        _variables["INPUT_LIMITS"] = "--min-agreement 51";
        string other = Key();
        string picture = Directory.EnumerateFiles(_installed.PathOf("data/val"), "*", SearchOption.AllDirectories).First();
        File.Move(picture, picture + ".png");
        string renamed = Key();
        File.AppendAllText(_installed.PathOf("model.onnx"), "x");

        Assert.Equal(4, new[] { first, other, renamed, Key() }.Distinct().Count());
    }

    [ToolFact("bash")]
    public void Another_version_than_asked_for_is_refused()
    {
        _variables["INPUT_VERSION"] = "99.0.0";

        (int code, string text) = Script("key");

        Assert.Equal(2, code);
        Assert.Matches("^::error title=quantize::The version is 'quantize [0-9.]+'; 'quantize 99.0.0' was asked for.", text);
    }

    private string Key()
    {
        File.WriteAllText(_installed.PathOf("outputs"), "");
        (int code, string text) = Script("key");
        Assert.True(code == 0, text);
        return Outputs().TrimEnd('\n');
    }

    private string Outputs() => File.ReadAllText(_installed.PathOf("outputs"));

    private (int ExitCode, string Text) Script(string command) =>
        _installed.Run($"bash '{InstalledProgram.InRepository(".github/actions/quantize/run.sh")}' {command}", _variables);
}
