using System.Runtime.ExceptionServices;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>Does many small jobs on several threads; results come in the order of the jobs, whoever did them.</summary>
/// <param name="threads">0: one per core.</param>
internal sealed class TrialWorkers(int threads, CancellationToken cancellation)
{
    public T[] Map<T>(int count, Func<int, T> job)
    {
        T[] results = new T[count];
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, count, options, index => results[index] = job(index));
        }
        catch (AggregateException errors)
        {
            // The first failure is the message; which job threw it makes no difference to the user.
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
        return results;
    }
}
