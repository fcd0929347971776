namespace Quantizer.Cli.Terminals;

/// <summary>The user's or the system's wish to stop, and the exit code that goes with it.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private int _exitCode;

    public CancellationToken Token => _source.Token;

    /// <summary>Meaningful once <see cref="Token"/> is cancelled.</summary>
    public int ExitCode => _exitCode;

    /// <summary>False when it was asked for before: the second wish is not to be kept waiting.</summary>
    public bool Request(int exitCode)
    {
        if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0)
            return false;
        _source.Cancel();
        return true;
    }

    public void Dispose() => _source.Dispose();
}
