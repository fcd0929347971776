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
        {
            report = run(observer);
        }
        // The result first: a report that cannot be written must not take it along.
        Tell(report, output);
        foreach (string path in output.Reports)
        {
            ReportFile.Write(report, path);
        }
        if (output is { Json: false, Quiet: false })
        {
            RunSummary.WriteFiles(report, output.Reports, terminal);
        }
        return ExitCodes.For(report.Findings);
    }

    private IRunObserver Observe(OutputSettings output) => output.Quiet
        ? new SilentObserver()
        : terminal.ShowsLiveProgress ? new LiveProgress(terminal) : new NoteLines(terminal.Error, output.Verbose);

    private void Tell(QuantizationReport report, OutputSettings output)
    {
        if (output.Json)
        {
            terminal.Out.WriteLine(JsonReportWriter.ToText(report));
        }
        else if (output.Quiet)
        {
            FindingLines.Write(report.Findings.Where(finding => finding.Severity != FindingSeverity.Info), terminal.Error, Ink.None, terminal.Width);
        }
        else
        {
            RunSummary.Write(report, output.Verbose, terminal);
        }
    }
}
