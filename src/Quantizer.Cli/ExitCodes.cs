using Quantizer.Findings;
using Quantizer.Reporting;

namespace Quantizer.Cli;

/// <summary>What the program tells the shell.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    /// <summary>Done, but a limit is not met.</summary>
    public const int LimitMissed = 3;

    /// <summary>128 + the signal's number, as shells have it.</summary>
    public const int Interrupted = 128 + 2;
    public const int Terminated = 128 + 15;

    /// <summary>What help says of them.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> Meanings { get; } =
    [
        (Done, "done"),
        (Failed, "the work failed"),
        (WrongUsage, "wrong usage"),
        (LimitMissed, "a limit is missed, or below the floor with --no-floor"),
        (Interrupted, "interrupted"),
        (Terminated, "terminated"),
    ];

    /// <summary>A limit that is not kept has a code of its own, and so has a network that was left below its floor, as asked: the file is
    /// whole and yet nothing that a script should go on with. A figure on random numbers proves nothing of a floor.</summary>
    public static int For(QuantizationReport report) =>
        For(report.Findings.Where(finding => !IsOfLimit(finding, report))) is not Done and var code ? code
        : report.Floor is { Outcome: FloorOutcome.Left } && report.Data.Evaluation is not { Random: true } ? LimitMissed
        : report.Limits.Any(limit => limit.Outcome != LimitOutcome.Passed) ? LimitMissed
        : Done;

    /// <summary>A finding of severity error says that the result cannot be used as it is, which a script must not overlook.</summary>
    public static int For(IEnumerable<Finding> findings) =>
        findings.Any(finding => finding.Severity == FindingSeverity.Error) ? Failed : Done;

    private static bool IsOfLimit(Finding finding, QuantizationReport report) =>
        report.Limits.Any(limit => limit.Subject == finding.Subject);
}
