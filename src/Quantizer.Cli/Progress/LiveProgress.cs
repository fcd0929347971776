using Quantizer.Cli.Layout;
using Quantizer.Cli.Terminals;

namespace Quantizer.Cli.Progress;

/// <summary>One line on standard error that is redrawn in place; notes scroll by above it.</summary>
internal sealed class LiveProgress : IRunObserver
{
    // Often enough to look alive, too seldom to cost anything.
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Terminal _terminal;
    private readonly ITimer _timer;
    private string? _stage;
    private int _done;
    private int _total;
    private long _started;
    private int _drawn;

    public LiveProgress(Terminal terminal)
    {
        _terminal = terminal;
        _timer = terminal.Time.CreateTimer(_ => Redraw(), null, RedrawInterval, RedrawInterval);
    }

    public void StageStarted(string stage, int total)
    {
        lock (_lock)
        {
            (_stage, _done, _total) = (stage, 0, total);
            _started = _terminal.Time.GetTimestamp();
            Draw();
        }
    }

    /// <summary>Drawn with the next tick: this is called for every sample.</summary>
    public void Advanced(int done)
    {
        lock (_lock)
        {
            // Workers report out of order.
            _done = Math.Max(_done, done);
        }
    }

    public void Noted(string message)
    {
        lock (_lock)
        {
            Erase();
            _terminal.Error.WriteLine(Printable.Lines(message));
            Draw();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            Erase();
            // A tick may still be on its way.
            _stage = null;
        }
    }

    private void Redraw()
    {
        lock (_lock)
            Draw();
    }

    private void Draw()
    {
        if (_stage is null)
            return;
        string line = ProgressLine.Format(_stage, _done, _total, _terminal.Time.GetElapsedTime(_started), _terminal.Width);
        _terminal.Error.Write('\r' + line.PadRight(_drawn));
        _drawn = line.Length;
        _terminal.Error.Flush();
    }

    private void Erase()
    {
        if (_drawn > 0)
        {
            _terminal.Error.Write('\r' + new string(' ', _drawn) + '\r');
            _drawn = 0;
        }
    }
}
