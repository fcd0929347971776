using Quantizer.Findings;
using Quantizer.Reporting;

namespace Quantizer.Cli.Workflows;

/// <summary>A run as a step of a GitHub workflow: what is wrong becomes annotations, and the report part of the job's summary.</summary>
/// <param name="SummaryPath">The step's summary; null: there is none.</param>
/// <param name="Workspace">The folder that files are named from.</param>
/// <param name="OutputPath">Outputs of the step, which later ones may use; null: there are none.</param>
internal sealed record GitHubWorkflow(string? SummaryPath, string? Workspace, string? OutputPath = null)
{
    private const string Running = "GITHUB_ACTIONS",
        Summary = "GITHUB_STEP_SUMMARY",
        Outputs = "GITHUB_OUTPUT",
        Folder = "GITHUB_WORKSPACE";

    /// <summary>Null outside of GitHub.</summary>
    /// <param name="variable">Its value in the environment.</param>
    public static GitHubWorkflow? From(Func<string, string?> variable) =>
        variable(Running) == "true"
            ? new GitHubWorkflow(NullIfEmpty(variable(Summary)), NullIfEmpty(variable(Folder)), NullIfEmpty(variable(Outputs)))
            : null;

    /// <summary>Warnings and errors of a report, on the model's file.</summary>
    public void Annotate(QuantizationReport report, TextWriter text)
    {
        foreach (Finding finding in report.Findings.Where(finding => finding.Severity != FindingSeverity.Info))
        {
            string message = finding.Remedy.Length == 0 ? finding.Message : $"{finding.Message} {finding.Remedy}";
            string title = finding.Subject.Length == 0 ? "quantize" : $"quantize: {finding.Subject}";
            text.WriteLine(Annotation.Of(finding.Severity == FindingSeverity.Error, NameOf(report.Model.Path), title, message));
        }
    }

    /// <summary>Adds the report to the job's summary and its figures to the step's outputs; what cannot be written is a warning.</summary>
    /// <param name="reports">The report files that were written.</param>
    public void Hand(QuantizationReport report, IReadOnlyList<string> reports, TextWriter text)
    {
        Try("summary", SummaryPath, path => StepSummary.Append(report, path), text);
        Try("outputs", OutputPath, path => StepOutputs.Append(report, reports, path), text);
    }

    private static void Try(string what, string? path, Action<string> write, TextWriter text)
    {
        try
        {
            if (path is not null)
                write(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            text.WriteLine(Annotation.Of(isError: false, null, "quantize", $"The job's {what} could not be written: {error.Message}"));
        }
    }

    /// <summary>What ended a run.</summary>
    public static void AnnotateFailure(string message, TextWriter text) =>
        text.WriteLine(Annotation.Of(isError: true, null, "quantize", message));

    /// <summary>GitHub knows files by their paths in the repository.</summary>
    private string NameOf(string path)
    {
        string name = Workspace is null ? path : Path.GetRelativePath(Workspace, Path.GetFullPath(path));
        return (name.StartsWith("..", StringComparison.Ordinal) ? path : name).Replace('\\', '/');
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
