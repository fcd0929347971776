using Quantizer.Cli.Layout;
using Quantizer.Cli.Terminals;
using Quantizer.Pipeline;

namespace Quantizer.Cli.Progress;

/// <summary>One line on standard error that is redrawn in place; notes scroll by above it.</summary>
internal sealed class LiveProgress : IRunObserver
{
    // Often enough to look alive, too seldom to cost anything.
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>A shorter run is over before its announcement is read.</summary>
    public static TimeSpan WorthTelling { get; } = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Terminal _terminal;
    private readonly ITimer _timer;
    private readonly TotalProgress _total;
    private bool _isOver;
    private int _drawn;

    public LiveProgress(Terminal terminal)
    {
        (_terminal, _total) = (terminal, new TotalProgress(terminal.Time));
        _timer = terminal.Time.CreateTimer(_ => Redraw(), null, RedrawInterval, RedrawInterval);
    }

    public void StageStarted(string stage, int total)
    {
        lock (_lock)
        {
            _total.Start(stage, total);
            Draw();
        }
    }

    public void WorkCounted(WorkAhead work)
    {
        TimeSpan? expected;
        lock (_lock)
        {
            _total.Count(work);
            expected = _total.Expected;
        }
        if (expected > WorthTelling)
            Noted(ProgressLine.Announcement(expected.Value, work.CalibrationSamples, work.ComparedSamples));
    }

    /// <summary>Drawn with the next tick: this is called for every sample.</summary>
    public void Advanced(int done)
    {
        lock (_lock)
            _total.Advance(done);
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
            _isOver = true;
        }
    }

    private void Redraw()
    {
        lock (_lock)
            Draw();
    }

    private void Draw()
    {
        if (_isOver || _total.Stage is null)
            return;
        string line = ProgressLine.Format(_total, _terminal.Width);
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
