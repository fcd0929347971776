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

    /// <param name="temporaryFolder">What the program takes for the system's.</param>
    /// <param name="arguments">Its command line.</param>
    public RunningProgram(string temporaryFolder, params string[] arguments)
    {
        string program = typeof(Application).Assembly.Location;
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        ProcessStartInfo start = new(dotnet, [program, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["TMPDIR"] = temporaryFolder;
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) =>
        {
            // The end of the stream comes as a line of null.
            lock (_error) if (line.Data is { } text) _error.Append(text).Append('\n');
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

    /// <summary>Whether the process has a file in this folder open, be it one without a name.</summary>
    public bool HasOpenFileIn(string folder)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{_process.Id}/fd").Any(IsInFolder);
        }
        catch (IOException)
        {
            // The process, or one of its files, is closed by now.
            return false;
        }

        // "/folder/out.onnx", or "/folder/#4711 (deleted)" when it has no name.
        bool IsInFolder(string link) => new FileInfo(link).LinkTarget?.StartsWith(folder + "/", StringComparison.Ordinal) == true;
    }

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
