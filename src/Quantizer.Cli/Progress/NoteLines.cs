using Quantizer.Cli.Layout;

namespace Quantizer.Cli.Progress;

/// <summary>Notes as plain lines, for logs: no progress.</summary>
internal sealed class NoteLines(TextWriter error) : IRunObserver
{
    private readonly Lock _lock = new();

    public void StageStarted(string stage, int total) { }

    public void Advanced(int done) { }

    public void Noted(string message)
    {
        lock (_lock)
        {
            error.WriteLine(Printable.Lines(message));
        }
    }

    public void Dispose() { }
}
