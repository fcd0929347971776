namespace Quantizer.Cli.Tests.Progress;

/// <summary>A clock that stands until it is moved, and whose timers tick when it is.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>The clock begins at three minutes and four seconds past noon.</summary>
    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 11, 27, 12, 3, 4, TimeSpan.Zero).AddTicks(_now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(() => callback(state));
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Moves the clock; every timer that is not disposed ticks once.</summary>
    public void Advance(TimeSpan time)
    {
        _now += time.Ticks;
        foreach (ManualTimer timer in _timers)
            timer.Tick();
    }

    private sealed class ManualTimer(Action tick) : ITimer
    {
        private bool _disposed;

        public void Tick()
        {
            if (!_disposed)
                tick();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => !_disposed;

        public void Dispose() => _disposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
