namespace Quantizer.Cli.Progress;

/// <summary>For --quiet.</summary>
internal sealed class SilentObserver : IRunObserver
{
    public void StageStarted(string stage, int total) { }

    public void Advanced(int done) { }

    public void Noted(string message) { }

    public void Dispose() { }
}
