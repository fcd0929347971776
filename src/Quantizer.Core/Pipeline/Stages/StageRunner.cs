using System.Diagnostics;
using Quantizer.Execution.Native;

namespace Quantizer.Pipeline.Stages;

/// <summary>Runs the stages of one run: says which begins, times it, and stops between two when asked to.</summary>
internal sealed class StageRunner(IProgressObserver observer, CancellationToken cancellation)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Dictionary<Stage, double> _milliseconds = [];

    /// <summary>In the order in which they first began.</summary>
    private readonly List<(Stage Stage, double Milliseconds)> _shown = [];
    private (Stage Stage, long Since)? _now;

    /// <summary>When the run began, in UTC.</summary>
    public DateTimeOffset Started { get; } = TimeProvider.System.GetUtcNow();

    /// <summary>What the stages judged.</summary>
    public TrialLog Tried { get; } = new();

    public CancellationToken Cancellation => cancellation;

    public double TotalMs => Stopwatch.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>The most memory the process has had, mapped files included.</summary>
    public static long PeakMemoryBytes
    {
        get
        {
            try
            {
                using Process process = Process.GetCurrentProcess();
                return process.PeakWorkingSet64;
            }
            catch (InvalidOperationException) when (OperatingSystem.IsLinux())
            {
                // Not every sandbox has /proc, where the process is looked up.
                return LinuxUsage.PeakMemoryBytes;
            }
        }
    }

    /// <summary>The time of the run by the stage that was said to have begun last, in the order in which they first began: what is timed
    /// within another stage is not in both.</summary>
    public IReadOnlyList<(Stage Stage, double Milliseconds)> Shown
    {
        get
        {
            Account();
            return _shown;
        }
    }

    /// <summary>What a stage took so far, with what ran within it; 0 when it did not run.</summary>
    public double MillisecondsOf(Stage stage) => _milliseconds.GetValueOrDefault(stage);

    /// <exception cref="OperationCanceledException">Cancelled before the stage began, or by the work itself.</exception>
    public T Run<T>(Stage stage, Func<T> work) => Run(stage, 0, _ => work());

    /// <param name="steps">Steps worth counting; 0: none.</param>
    /// <param name="work">Gets whom to tell the number of steps done.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the stage began, or by the work itself.</exception>
    public T Run<T>(Stage stage, int steps, Func<Action<int>, T> work)
    {
        Begin(stage, steps);
        return Time(stage, () => work(Advanced));
    }

    /// <summary>Says that a stage, or a part of one, begins.</summary>
    /// <exception cref="OperationCanceledException">Cancelled: not each stage looks for a wish to stop, but between them it is
    /// heard.</exception>
    public void Begin(Stage stage, int steps)
    {
        cancellation.ThrowIfCancellationRequested();
        Account();
        _now = (stage, Stopwatch.GetTimestamp());
        observer.StageStarted(stage.Title, steps);
    }

    public void Advanced(int done) => observer.Advanced(done);

    /// <summary>Times a stage whose parts say themselves when they begin.</summary>
    public T Time<T>(Stage stage, Func<T> work)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            return work();
        }
        finally
        {
            _milliseconds[stage] = MillisecondsOf(stage) + Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }

    /// <summary>Says how much lies ahead, by the cost of one inference.</summary>
    /// <param name="inference">Runs the FP32 model on a sample, which has been done before: it is warm.</param>
    public void CountWork(int calibrationSamples, int comparedSamples, Action inference)
    {
        long start = Stopwatch.GetTimestamp();
        inference();
        observer.WorkCounted(new WorkAhead(calibrationSamples, comparedSamples, Stopwatch.GetElapsedTime(start)));
    }

    private void Account()
    {
        if (_now is not { } now)
            return;
        long until = Stopwatch.GetTimestamp();
        int known = _shown.FindIndex(shown => shown.Stage == now.Stage);
        if (known < 0)
        {
            known = _shown.Count;
            _shown.Add((now.Stage, 0));
        }
        _shown[known] = (now.Stage, _shown[known].Milliseconds + Stopwatch.GetElapsedTime(now.Since, until).TotalMilliseconds);
        _now = now with { Since = until };
    }

    /// <summary>A line worth telling at once.</summary>
    public void Note(string message) => observer.Noted(message);
}
