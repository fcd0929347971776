using System.Diagnostics;
using Xunit;

namespace Quantizer.Testing;

/// <summary>A FIFO: whoever opens it waits for somebody at its other end.</summary>
public static class NamedPipe
{
    public static string Create(string path)
    {
        using Process process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return path;
    }
}
