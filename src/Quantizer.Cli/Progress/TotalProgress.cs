using Quantizer.Pipeline;

namespace Quantizer.Cli.Progress;

/// <summary>How far a whole run is, and how long the rest may take: expected costs of its stages, set right by what those that are over
/// really took.</summary>
internal sealed class TotalProgress(TimeProvider time)
{
    // Of costs that nothing was measured of: they count like this many seconds of a stage that was as expected.
    private const double PriorSeconds = 0.5;

    private IReadOnlyList<StageCost> _costs = [];
    private int _current = -1;
    private long _started;
    private double _doneSeconds,
        _expectedOfDone;
    private double _share;

    public string? Stage { get; private set; }

    public int Done { get; private set; }

    /// <summary>0: the stage has no steps worth counting.</summary>
    public int Total { get; private set; }

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>What all stages together are expected to take; null before anything is known.</summary>
    public TimeSpan? Expected => _costs.Count == 0 ? null : TimeSpan.FromSeconds(_costs.Sum(cost => cost.Seconds));

    public void Count(WorkAhead work) => _costs = StageCost.Of(work);

    public void Start(string stage, int total)
    {
        Finish();
        (Stage, Done, Total) = (stage, 0, total);
        _started = time.GetTimestamp();
        for (int i = 0; i < _costs.Count; i++)
        {
            if (_costs[i].Title == stage)
                _current = i;
        }
    }

    /// <summary>Workers report out of order.</summary>
    public void Advance(int done) => Done = Math.Max(Done, done);

    /// <summary>0 to 1, never less than before; null before anything is known. A stage that comes again lets it stand.</summary>
    public double? Share
    {
        get
        {
            if (_current < 0)
                return null;
            double left = SecondsLeft(),
                done = _doneSeconds + StageSeconds;
            if (done + left > 0)
                _share = Math.Max(_share, Math.Min(0.99, done / (done + left)));
            return _share;
        }
    }

    /// <summary>Null before anything is known.</summary>
    public TimeSpan? Left => _current < 0 ? null : TimeSpan.FromSeconds(SecondsLeft());

    private double StageSeconds => IsCounted ? Elapsed.TotalSeconds : 0;

    private bool IsCounted => _current >= 0 && _costs[_current].Title == Stage;

    private double Pace => (_doneSeconds + PriorSeconds) / (_expectedOfDone + PriorSeconds);

    /// <summary>The rest of the current stage by its own pace, once that is known, and the others by that of the stages before.</summary>
    private double SecondsLeft()
    {
        double elapsed = StageSeconds,
            expected = IsCounted ? _costs[_current].Seconds : 0,
            pace = Pace,
            current = Math.Max(0, (expected * pace) - elapsed);
        if (IsCounted && Total > 0 && Done > 0 && elapsed > PriorSeconds)
        {
            double whole = elapsed * Total / Math.Min(Done, Total);
            current = whole - elapsed;
            pace = (_doneSeconds + whole + PriorSeconds) / (_expectedOfDone + expected + PriorSeconds);
        }
        return current + (pace * _costs.Skip(_current + 1).Sum(cost => cost.Seconds));
    }

    private void Finish()
    {
        if (!IsCounted)
            return;
        _doneSeconds += Elapsed.TotalSeconds;
        _expectedOfDone += _costs[_current].Seconds;
    }
}
