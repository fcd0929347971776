using System.Diagnostics;
using System.Text;
using Quantizer.Cli;

namespace Quantizer.EndToEnd.Tests.Programs;

/// <summary>The program in a process of its own.</summary>
internal sealed class RunningProgram : IDisposable
{
    // Generous: machines that run tests are busy.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly Thread _errorReader,
        _outputReader;

    /// <param name="temporaryFolder">What the program takes for the system's temporary folder and for the user's home.</param>
    /// <param name="arguments">Its command line.</param>
    public RunningProgram(string temporaryFolder, params string[] arguments)
    {
        string program = typeof(Application).Assembly.Location;
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        ProcessStartInfo start = new(dotnet, [program, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["TMPDIR"] = start.Environment["HOME"] = temporaryFolder;
        // Where the tests are a step of a workflow, the program is none.
        start.Environment.Remove("GITHUB_ACTIONS");
        _process = Process.Start(start)!;
        // Threads of their own: what the program tells must not wait for the pool, where other tests work.
        _errorReader = new Thread(ReadError);
        _outputReader = new Thread(() => _process.StandardOutput.ReadToEnd());
        _errorReader.Start();
        _outputReader.Start();
    }

    /// <summary>Standard error so far.</summary>
    public string Error
    {
        get
        {
            lock (_error)
                return _error.ToString();
        }
    }

    /// <summary>Whether the line is on standard error.</summary>
    public bool HasTold(string line) => Error.Contains($"{line}\n", StringComparison.Ordinal);

    public void WaitFor(string what, Func<bool> happened)
    {
        bool seen = SpinWait.SpinUntil(() => happened() || _process.HasExited, Patience);
        Assert.True(
            seen && !_process.HasExited,
            $"Waited in vain for {what}; exit code {(_process.HasExited ? _process.ExitCode : "none")}: {Error}"
        );
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
        _errorReader.Join();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _errorReader.Join();
        _outputReader.Join();
        _process.Dispose();
    }

    private void ReadError()
    {
        while (_process.StandardError.ReadLine() is { } line)
        {
            lock (_error)
                _error.Append(line).Append('\n');
        }
    }
}
