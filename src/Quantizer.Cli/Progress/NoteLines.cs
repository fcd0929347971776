using System.Globalization;
using Quantizer.Cli.Layout;
using Quantizer.Cli.Terminals;
using Quantizer.Pipeline;

namespace Quantizer.Cli.Progress;

/// <summary>For logs: plain lines with the time of day, of notes, of stages that last, and how far the run is every half minute.</summary>
internal sealed class NoteLines : IRunObserver
{
    /// <summary>What is over sooner is not worth a line, unless all stages are asked for.</summary>
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(1);

    /// <summary>CI systems take what is silent for long for dead.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Terminal _terminal;
    private readonly bool _namesStages;
    private readonly TotalProgress _total;
    private readonly ITimer _timer;
    private DateTimeOffset _begun;
    private bool _isNamed = true;
    private long _lastTold;

    /// <param name="namesStages">All of them, as soon as they begin.</param>
    public NoteLines(Terminal terminal, bool namesStages)
    {
        (_terminal, _namesStages, _total) = (terminal, namesStages, new TotalProgress(terminal.Time));
        _timer = terminal.Time.CreateTimer(_ => Tick(), null, Lasting, Lasting);
    }

    public void WorkCounted(WorkAhead work)
    {
        lock (_lock)
        {
            _total.Count(work);
            if (_total.Expected is { } expected && expected > LiveProgress.WorthTelling)
                Write(Now, ProgressLine.Announcement(expected, work.CalibrationSamples, work.ComparedSamples));
        }
    }

    public void StageStarted(string stage, int total)
    {
        lock (_lock)
        {
            _total.Start(stage, total);
            (_begun, _lastTold) = (Now, _terminal.Time.GetTimestamp());
            _isNamed = _namesStages;
            if (_namesStages)
                Write(_begun, stage);
        }
    }

    public void Advanced(int done)
    {
        lock (_lock)
            _total.Advance(done);
    }

    public void Noted(string message)
    {
        lock (_lock)
            Write(Now, Printable.Lines(message));
    }

    public void Dispose()
    {
        _timer.Dispose();
        // A tick may still be on its way.
        lock (_lock)
            (_isNamed, _lastTold) = (true, long.MaxValue);
    }

    private DateTimeOffset Now => _terminal.Time.GetLocalNow();

    private void Tick()
    {
        lock (_lock)
        {
            if (_total.Stage is null || _lastTold == long.MaxValue)
                return;
            if (!_isNamed && _total.Elapsed >= Lasting)
            {
                _isNamed = true;
                Write(_begun, _total.Stage);
            }
            if (_terminal.Time.GetElapsedTime(_lastTold) >= Silence)
            {
                _lastTold = _terminal.Time.GetTimestamp();
                Write(Now, ProgressLine.Log(_total));
            }
        }
    }

    private void Write(DateTimeOffset time, string line) =>
        _terminal.Error.WriteLine($"{time.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {line}");
}
