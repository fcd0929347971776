using Quantizer.Cli.Flags;
using Quantizer.Cli.Progress;
using Quantizer.Cli.Summaries;
using Quantizer.Cli.Terminals;
using Quantizer.Findings;
using Quantizer.Reporting;

namespace Quantizer.Cli.Commands;

/// <summary>What all commands with a report share: watch the run, write the report files, tell the result, decide the exit code.</summary>
internal sealed class ReportedRun(Terminal terminal)
{
    public int Execute(OutputSettings output, Func<IRunObserver, QuantizationReport> run)
    {
        QuantizationReport report;
        using (IRunObserver observer = Observe(output))
            report = run(observer);
        // What fails must not take the others along: the result is told, and each report is written, whatever became of the rest.
        List<string> reports = [];
        List<Exception> failures = [];
        Attempt(() => Tell(report, output), failures);
        foreach (string path in output.Reports)
        {
            Attempt(
                () =>
                {
                    ReportFile.Write(report, path);
                    reports.Add(path);
                },
                failures
            );
        }
        terminal.Workflow?.Annotate(report, terminal.Error);
        terminal.Workflow?.Hand(report, reports, terminal.Error);
        IReadOnlyList<string> written = RunSummary.FilesOf(report, reports);
        if (failures.Count > 0)
        {
            Exception reason =
                failures.Count == 1
                    ? failures[0]
                    : new QuantizationException(string.Join(' ', failures.Select(failure => failure.Message)), failures[0]);
            throw written.Count == 0
                ? reason
                : new OutputWrittenException($"Written and whole: {string.Join(", ", written.Select(path => $"'{path}'"))}.", reason);
        }
        if (output is { Json: false, Quiet: false })
            RunSummary.WriteFiles(report, reports, terminal);
        return ExitCodes.For(report);
    }

    private static void Attempt(Action action, List<Exception> failures)
    {
        try
        {
            action();
        }
        catch (Exception error)
        {
            failures.Add(error);
        }
    }

    private IRunObserver Observe(OutputSettings output) =>
        output.Quiet ? new SilentObserver()
        : terminal.ShowsLiveProgress ? new LiveProgress(terminal)
        : new NoteLines(terminal, output.Verbose);

    private void Tell(QuantizationReport report, OutputSettings output)
    {
        if (output.Json)
        {
            terminal.Out.WriteLine(JsonReportWriter.ToText(report));
        }
        else if (output.Quiet)
        {
            FindingLines.Write(
                report.Findings.Where(finding => finding.Severity != FindingSeverity.Info),
                terminal.Error,
                terminal.ErrorInk,
                terminal.Width
            );
        }
        else
        {
            RunSummary.Write(report, output.Verbose, terminal);
        }
    }
}
