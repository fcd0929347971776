using System.Diagnostics;
using System.Text;
using Quantizer.Cli;

namespace Quantizer.EndToEnd.Tests.Interruptions;

/// <summary>The program in a process of its own.</summary>
internal sealed class RunningProgram : IDisposable
{
    // Generous: machines that run tests are busy.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _error = new();

    public RunningProgram(params string[] arguments)
    {
        string program = typeof(Application).Assembly.Location;
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        _process = new Process { StartInfo = new ProcessStartInfo(dotnet, [program, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true } };
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_error) _error.AppendLine(line.Data);
        };
        _process.OutputDataReceived += static (_, _) => { };
        _process.Start();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>Standard error so far.</summary>
    public string Error
    {
        get
        {
            lock (_error) return _error.ToString();
        }
    }

    public void WaitFor(string what, Func<bool> happened)
    {
        bool seen = SpinWait.SpinUntil(() => happened() || _process.HasExited, s_patience);
        Assert.True(seen && !_process.HasExited, $"Waited in vain for {what}; exit code {(_process.HasExited ? _process.ExitCode : "none")}: {Error}");
    }

    /// <summary>Whether the process has a file of this name in its memory map.</summary>
    public bool Maps(string file) => !_process.HasExited && File.ReadAllText($"/proc/{_process.Id}/maps").Contains($"/{file}", StringComparison.Ordinal);

    public void Signal(string name)
    {
        using Process kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {_process.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>At once, without a process in between.</summary>
    public void Kill() => _process.Kill();

    /// <summary>The exit code, when it comes within <paramref name="time"/>.</summary>
    public int ExitCodeWithin(TimeSpan time)
    {
        Assert.True(_process.WaitForExit(time), $"Still running after {time}: {Error}");
        // Also waits until all of the output has arrived.
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
