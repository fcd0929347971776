using System.Diagnostics;
using Quantizer.Cli.Terminals;

namespace Quantizer.Cli.Tests.Terminals;

/// <summary>Real signals to this very process: an unhandled one would end the test run.</summary>
public sealed class SignalHandlersTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [UnixTheory]
    [InlineData("INT", ExitCodes.Interrupted)]
    [InlineData("TERM", ExitCodes.Terminated)]
    public void The_first_signal_cancels_and_is_told_by_its_exit_code(string signal, int exitCode)
    {
        using Interruption interruption = new();
        StringWriter error = new();
        using SignalHandlers handlers = new(interruption, TextWriter.Synchronized(error));

        using Process kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {Environment.ProcessId}"]);

        Assert.True(interruption.Token.WaitHandle.WaitOne(Patience));
        Assert.Equal(exitCode, interruption.ExitCode);
        Assert.True(SpinWait.SpinUntil(() => error.ToString().Contains("once more to stop at once", StringComparison.Ordinal), Patience));
    }

    /// <summary>Windows has no kill; there Ctrl-C takes the same way through the same handler.</summary>
    private sealed class UnixTheoryAttribute : TheoryAttribute
    {
        public UnixTheoryAttribute() =>
            Skip = OperatingSystem.IsWindows() ? "Signals are sent with kill, which Windows does not have." : null;
    }
}
