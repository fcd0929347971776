using System.Diagnostics;
using Quantizer.Pipeline;

namespace Quantizer.Benchmarks;

/// <summary>How long each stage of a run took on the wall clock and on all cores together, by the name that the progress shows.</summary>
internal sealed class StageTimes : IProgressObserver
{
    private readonly List<(string Stage, long Start, TimeSpan Processor)> _starts = [];

    /// <summary>In the order of the run; the last stage ends with this call.</summary>
    public IReadOnlyList<(string Stage, TimeSpan Time, TimeSpan Processor)> End()
    {
        StageStarted("", 0);
        return
        [
            .. _starts.Zip(
                _starts.Skip(1),
                (stage, next) => (stage.Stage, Stopwatch.GetElapsedTime(stage.Start, next.Start), next.Processor - stage.Processor)
            ),
        ];
    }

    public void StageStarted(string stage, int total)
    {
        lock (_starts)
            _starts.Add((stage, Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime));
    }

    public void Advanced(int done) { }

    public void Noted(string message) { }
}
