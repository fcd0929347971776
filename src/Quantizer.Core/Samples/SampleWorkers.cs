using System.Runtime.ExceptionServices;

namespace Quantizer.Samples;

/// <summary>
/// The threads of a stage: they do one job per sample, handed out in order. Whoever is faster does not show: results come in
/// the jobs' order, and of several failures the first job's is thrown.
/// </summary>
internal sealed class SampleWorkers
{
    private readonly CancellationToken _cancellation;

    /// <param name="threads">0: one per core.</param>
    public SampleWorkers(int threads, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        Threads = threads > 0 ? threads : Environment.ProcessorCount;
        // Left alone, the pool adds threads more slowly than jobs end.
        ThreadPool.GetMinThreads(out int least, out int ports);
        ThreadPool.SetMinThreads(Math.Max(least, Threads), ports);
        _cancellation = cancellation;
    }

    /// <summary>Jobs done at a time, at most; the calling thread does its share of them.</summary>
    public int Threads { get; }

    /// <summary>One result per job, in the jobs' order.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, between two jobs or by a job that hears it.</exception>
    public T[] Map<T>(int count, Func<int, T> job)
    {
        T[] results = new T[count];
        Run(count, index => results[index] = job(index));
        return results;
    }

    /// <exception cref="OperationCanceledException">Cancelled, between two jobs or by a job that hears it.</exception>
    public void Run(int count, Action<int> job) => Run(count, (_, index) => job(index));

    /// <param name="job">Gets the worker's number, from 0, which no two jobs at a time share, and the job's.</param>
    /// <exception cref="OperationCanceledException">Cancelled, between two jobs or by a job that hears it.</exception>
    public void Run(int count, Action<int, int> job)
    {
        Round round = new(count, job, _cancellation);
        // Threads of the pool: one of our own for each round would cost more than a short round.
        Task[] others =
        [
            .. Enumerable.Range(1, Math.Max(0, Math.Min(Threads, count) - 1)).Select(worker => Task.Run(() => round.Work(worker))),
        ];
        round.Work(worker: 0);
        Task.WaitAll(others);
        _cancellation.ThrowIfCancellationRequested();
        round.ThrowIfFailed();
    }

    private sealed class Round(int count, Action<int, int> job, CancellationToken cancellation)
    {
        private readonly Lock _lock = new();
        private ExceptionDispatchInfo? _failure;
        private volatile int _failed = int.MaxValue;
        private int _next = -1;

        /// <summary>Jobs behind a failed one are needless. Those before it were all begun, as they go out in order.</summary>
        public void Work(int worker)
        {
            while (!cancellation.IsCancellationRequested)
            {
                int index = Interlocked.Increment(ref _next);
                if (index >= count || index > _failed)
                    return;
                try
                {
                    job(worker, index);
                }
                catch (Exception error)
                {
                    // Carried to the thread that waits: an exception must not end a worker's thread.
                    Report(index, error);
                }
            }
        }

        public void ThrowIfFailed() => _failure?.Throw();

        private void Report(int index, Exception error)
        {
            lock (_lock)
            {
                if (index >= _failed)
                    return;
                _failed = index;
                _failure = ExceptionDispatchInfo.Capture(error);
            }
        }
    }
}
