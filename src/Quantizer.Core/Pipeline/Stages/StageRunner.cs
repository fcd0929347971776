using System.Diagnostics;

namespace Quantizer.Pipeline.Stages;

/// <summary>Runs the stages of one run: says which begins, times it, and stops between two when asked to.</summary>
internal sealed class StageRunner(IProgressObserver observer, CancellationToken cancellation)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Dictionary<Stage, double> _milliseconds = [];

    /// <summary>When the run began, in UTC.</summary>
    public DateTimeOffset Started { get; } = TimeProvider.System.GetUtcNow();

    public CancellationToken Cancellation => cancellation;

    public double TotalMs => Stopwatch.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>The most memory the process has had, mapped files included.</summary>
    public static long PeakMemoryBytes
    {
        get
        {
            using Process process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>What a stage took so far; 0 when it did not run.</summary>
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

    /// <summary>A line worth telling at once.</summary>
    public void Note(string message) => observer.Noted(message);
}
