using Quantizer.Findings;

namespace Quantizer.Cli;

/// <summary>What the program tells the shell. 3 is kept for "done, but a limit the user set is not met".</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    /// <summary>128 + the signal's number, as shells have it.</summary>
    public const int Interrupted = 128 + 2;
    public const int Terminated = 128 + 15;

    /// <summary>A finding of severity error says that the result cannot be used as it is, which a script must not overlook.</summary>
    public static int For(IEnumerable<Finding> findings) =>
        findings.Any(finding => finding.Severity == FindingSeverity.Error) ? Failed : Done;
}
