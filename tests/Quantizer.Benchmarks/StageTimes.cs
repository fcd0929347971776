using System.Diagnostics;
using Quantizer.Pipeline;

namespace Quantizer.Benchmarks;

/// <summary>How long each stage of a run took on the wall clock, by the name that the progress shows.</summary>
internal sealed class StageTimes : IPipelineObserver
{
    private readonly List<(string Stage, long Start)> _starts = [];

    /// <summary>In the order of the run; the last stage ends when this is asked for.</summary>
    public IReadOnlyList<(string Stage, TimeSpan Time)> Until(long end) =>
        [.. _starts.Select((start, i) => (start.Stage, Stopwatch.GetElapsedTime(start.Start, i + 1 < _starts.Count ? _starts[i + 1].Start : end)))];

    public void StageStarted(string stage, int total)
    {
        lock (_starts) _starts.Add((stage, Stopwatch.GetTimestamp()));
    }

    public void Advanced(int done)
    {
    }

    public void Noted(string message)
    {
    }
}
