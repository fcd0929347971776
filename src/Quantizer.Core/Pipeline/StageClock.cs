using System.Diagnostics;

namespace Quantizer.Pipeline;

/// <summary>Times the stages of a run.</summary>
internal sealed class StageClock
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Dictionary<string, double> _milliseconds = [];

    public double TotalMs => Stopwatch.GetElapsedTime(_start).TotalMilliseconds;

    public double this[string stage] => _milliseconds.GetValueOrDefault(stage);

    /// <summary>The most memory the process has had, mapped files included.</summary>
    public static long PeakMemoryBytes
    {
        get
        {
            using Process process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }
    }

    public T Time<T>(string stage, Func<T> work)
    {
        long start = Stopwatch.GetTimestamp();
        T result = work();
        _milliseconds[stage] = this[stage] + Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return result;
    }
}
