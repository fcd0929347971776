using System.Diagnostics;

namespace Quantizer.Pipeline;

/// <summary>Some time from now on.</summary>
internal sealed class TimeShare(TimeSpan time)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    public bool HasTime => Left > TimeSpan.Zero;

    private TimeSpan Left => time - Stopwatch.GetElapsedTime(_start);

    /// <summary>A share of what is left, from now on; none where nothing is.</summary>
    public TimeShare Part(double share) => new(share * (HasTime ? Left : TimeSpan.Zero));

    /// <summary>What is left, and at least so much.</summary>
    public TimeShare AtLeast(TimeSpan least) => new(Left > least ? Left : least);
}
