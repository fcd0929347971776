using Quantizer.Cli.Layout;

namespace Quantizer.Cli.Progress;

/// <summary>Notes as plain lines, for logs: no progress, but on request the stages.</summary>
internal sealed class NoteLines(TextWriter error, bool namesStages) : IRunObserver
{
    private readonly Lock _lock = new();

    public void StageStarted(string stage, int total)
    {
        if (namesStages)
            Write(stage);
    }

    public void Advanced(int done) { }

    public void Noted(string message) => Write(Printable.Lines(message));

    public void Dispose() { }

    private void Write(string line)
    {
        lock (_lock)
            error.WriteLine(line);
    }
}
