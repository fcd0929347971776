using System.Text.Json;
using Quantizer.Cli.Workflows;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Workflows;

public sealed class GitHubWorkflowTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_GitHub_makes_a_workflow()
    {
        Dictionary<string, string> variables = new()
        {
            ["GITHUB_STEP_SUMMARY"] = "s.md",
            ["GITHUB_WORKSPACE"] = "",
            ["GITHUB_OUTPUT"] = "o",
        };
        Assert.Null(GitHubWorkflow.From(variables.GetValueOrDefault));

        variables["GITHUB_ACTIONS"] = "true";
        Assert.Equal(new GitHubWorkflow("s.md", null, "o"), GitHubWorkflow.From(variables.GetValueOrDefault));
    }

    [Fact]
    public void Findings_are_annotations_on_standard_error_and_json_stays_alone()
    {
        using ProgramRun run = OnGitHub(ExampleReports.Limited);

        Assert.Equal(ExitCodes.LimitMissed, run.Run("m.onnx", "--calib", "c", "--json"));

        using JsonDocument json = JsonDocument.Parse(run.Out);
        string[] lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Equal(
            "::error file=resnet20.onnx,title=quantize%3A --min-sqnr::SQNR of the median sample of 'logits' is 34.1 dB; at least 40.0 dB was "
                + "asked for, and it misses that by 5.94 dB. Keep the noisiest part in float with --exclude.",
            lines[0]
        );
        Assert.StartsWith("::error file=resnet20.onnx,title=quantize%3A --min-speedup::", lines[1]);
        Assert.StartsWith("::warning file=resnet20.onnx,title=quantize%3A /layer3/conv2/Conv::3.2 %25 of", lines[2]);
    }

    [Fact]
    public void What_would_end_a_property_or_the_line_is_escaped()
    {
        string line = Annotation.Of(isError: true, "a,b:c%d\n.onnx", "t\r::", "50 %, a: b\r\nnext");

        Assert.Equal("::error file=a%2Cb%3Ac%25d%0A.onnx,title=t%0D%3A%3A::50 %25, a: b%0D%0Anext", line);
    }

    [Fact]
    public void A_model_in_the_workspace_is_named_from_there_and_others_as_given()
    {
        StringWriter text = new();
        QuantizationReport report = ExampleReports.Limited with { Findings = [ExampleReports.Limited.Findings[0]] };
        GitHubWorkflow workflow = new(null, _folder.Path);

        workflow.Annotate(report with { Model = report.Model with { Path = _folder.File("models/a.onnx") } }, text);
        workflow.Annotate(report with { Model = report.Model with { Path = "/elsewhere/a.onnx" } }, text);

        string[] lines = text.ToString().TrimEnd().Split('\n');
        Assert.StartsWith("::error file=models/a.onnx,", lines[0]);
        Assert.StartsWith("::error file=/elsewhere/a.onnx,", lines[1]);
    }

    [Fact]
    public void The_report_is_added_to_the_summary_behind_what_is_there()
    {
        string summary = _folder.File("summary.md");
        File.WriteAllText(summary, "# Before\n");
        using ProgramRun run = OnGitHub(ExampleReports.Classifier, summary);

        Assert.Equal(ExitCodes.Done, run.Run("m.onnx", "--calib", "c", "--quiet"));

        string text = File.ReadAllText(summary);
        Assert.StartsWith("# Before\n# `resnet20.onnx` as INT8", text);
        Assert.Contains("Top-1 accuracy", text);
    }

    [Fact]
    public void Later_steps_get_files_and_figures_each_on_one_line()
    {
        string outputs = _folder.File("outputs"),
            written = _folder.File("r.json");
        using ProgramRun run = new()
        {
            Report = ExampleReports.Limited with { Model = ExampleReports.Limited.Model with { Output = "a\nlimits=passed" } },
            Adjust = terminal => terminal with { Workflow = new GitHubWorkflow(null, null, outputs) },
        };

        Assert.Equal(ExitCodes.LimitMissed, run.Run("m.onnx", "--calib", "c", "--report", written));

        Assert.Equal(
            $"int8=a limits=passed\nreport={written}\nheadline=Same top class: 99.10 %\nspeedup=2.588\nsize=324010\nlimits=missed\n",
            File.ReadAllText(outputs)
        );
    }

    [Fact]
    public void A_report_that_is_longer_than_a_summary_may_be_ends_with_a_whole_part()
    {
        string summary = _folder.File("summary.md");
        File.WriteAllText(summary, new string('x', 500_000));
        NodeReport[] nodes =
        [
            .. Enumerable.Range(0, 20_000).Select(i => new NodeReport($"/node{i}", "Gelu", NodeDecision.Float, "é", null)),
        ];

        StepSummary.Append(ExampleReports.Classifier with { Nodes = nodes }, summary);

        Assert.InRange(new FileInfo(summary).Length, 500_000, StepSummary.MostBytes);
        string text = File.ReadAllText(summary);
        Assert.Contains("Top-1 accuracy", text);
        Assert.EndsWith("--report FILE.md writes all of it.\n", text);
        Assert.Equal(text.Split("<details>").Length, text.Split("</details>").Length);
    }

    [Fact]
    public void A_full_summary_is_left_alone_and_one_that_cannot_be_written_is_a_warning()
    {
        string summary = _folder.File("summary.md");
        File.WriteAllText(summary, new string('x', StepSummary.MostBytes));
        StepSummary.Append(ExampleReports.Classifier, summary);
        Assert.Equal(StepSummary.MostBytes, new FileInfo(summary).Length);

        using ProgramRun run = OnGitHub(ExampleReports.Classifier with { Findings = [] }, _folder.Path);
        Assert.Equal(ExitCodes.Done, run.Run("m.onnx", "--calib", "c", "--quiet"));
        Assert.StartsWith("::warning title=quantize::The job's summary could not be written", run.Error);
    }

    [Fact]
    public void What_ends_a_run_is_an_annotation_too()
    {
        using ProgramRun failed = new()
        {
            Adjust = terminal => terminal with { Workflow = new GitHubWorkflow(null, null) },
            During = (_, _) => throw new QuantizationException("Model 'm.onnx':\nno."),
        };
        using ProgramRun refused = OnGitHub(ExampleReports.Classifier);

        Assert.Equal(ExitCodes.Failed, failed.Run("m.onnx", "--calib", "c"));
        Assert.Equal(ExitCodes.WrongUsage, refused.Run("m.onnx", "--nonsense"));

        Assert.EndsWith("::error title=quantize::Model 'm.onnx':%0Ano.\n", failed.Error);
        Assert.Contains("::error title=quantize::Unknown option '--nonsense'.", refused.Error);
    }

    [Fact]
    public void Elsewhere_there_are_no_annotations()
    {
        using ProgramRun run = new() { Report = ExampleReports.Limited };

        run.Run("m.onnx", "--calib", "c");

        Assert.DoesNotContain("::", run.Out + run.Error);
    }

    private static ProgramRun OnGitHub(QuantizationReport report, string? summary = null) =>
        new() { Report = report, Adjust = terminal => terminal with { Workflow = new GitHubWorkflow(summary, null) } };
}
