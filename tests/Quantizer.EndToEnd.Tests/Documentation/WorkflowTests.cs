using System.Text.Json.Nodes;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Documentation;

/// <summary>The example workflow and the action that it uses, step by step as they stand in their files.</summary>
public sealed class WorkflowTests : IDisposable
{
    private readonly InstalledProgram _installed = new();

    public WorkflowTests()
    {
        Directory.CreateDirectory(_installed.PathOf("ci"));
        File.Copy(InstalledProgram.InRepository("samples/ci/limits-from.sh"), _installed.PathOf("ci/limits-from.sh"));
        (int code, string text) = _installed.Run("quantize model.onnx --calib data/calib --eval data/val --report golden.json");
        Assert.True(code == 0, text);
    }

    public void Dispose() => _installed.Dispose();

    [ToolFact("jq")]
    public void A_model_as_good_as_the_golden_report_passes_and_the_next_run_takes_its_files_from_the_cache()
    {
        WorkflowJob first = RunExample();

        Assert.False(first.HasFailed, first.Log);
        Assert.Matches(@"(?m)^INT8: Same top class: [0-9.]+ %, [0-9.]+ times as fast, [0-9]+ bytes$", first.Log);
        Assert.StartsWith("# `model.onnx` as INT8", first.Summary);
        foreach (string file in new[] { "model.int8.onnx", "report.json", "report.xml" })
            File.Delete(_installed.PathOf(file));

        WorkflowJob second = RunExample();

        Assert.False(second.HasFailed, second.Log);
        Assert.Contains("::notice title=quantize::Model, data and arguments are those of an earlier run", second.Log);
        Assert.Equal(LastLine(first), LastLine(second));
        Assert.Equal(first.Summary, second.Summary);
        Assert.True(File.Exists(_installed.PathOf("model.int8.onnx")) && File.Exists(_installed.PathOf("report.xml")));
    }

    [ToolFact("jq")]
    public void A_model_worse_than_the_golden_report_fails_with_an_annotation_and_its_reports()
    {
        JsonNode golden = JsonNode.Parse(File.ReadAllText(_installed.PathOf("golden.json")))!;
        golden["size"]!["int8Bytes"] = golden["size"]!["int8Bytes"]!.GetValue<long>() / 2;
        File.WriteAllText(_installed.PathOf("golden.json"), golden.ToJsonString());

        WorkflowJob job = RunExample();

        Assert.True(job.HasFailed);
        Assert.Contains("::error file=model.onnx,title=quantize%3A --max-size::", job.Log);
        Assert.DoesNotContain("times as fast,", job.Log);
        Assert.Contains("> [!CAUTION]", job.Summary);
        Assert.True(File.Exists(_installed.PathOf("report.xml")));
        Assert.False(Directory.Exists(_installed.PathOf("cache")));
    }

    private WorkflowJob RunExample() =>
        new WorkflowJob(_installed, _installed.PathOf("cache")).Run(WorkflowJob.Load("samples/ci/github.yml")["jobs"]["quantize"]);

    private static string LastLine(WorkflowJob job) => job.Log.TrimEnd('\n').Split('\n')[^1];
}
