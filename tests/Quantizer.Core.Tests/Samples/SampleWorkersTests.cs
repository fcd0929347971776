using Quantizer.Samples;

namespace Quantizer.Core.Tests.Samples;

public class SampleWorkersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(0)]
    public void Results_come_in_the_order_of_the_jobs(int threads)
    {
        SampleWorkers workers = new(threads, CancellationToken.None);

        int[] squares = workers.Map(
            50,
            index =>
            {
                // The earlier, the slower.
                if (index < 5)
                    Thread.Sleep(5 - index);
                return index * index;
            }
        );

        Assert.Equal(Enumerable.Range(0, 50).Select(index => index * index), squares);
    }

    [Fact]
    public void No_jobs_are_done_at_once() => Assert.Empty(new SampleWorkers(4, CancellationToken.None).Map(0, index => index));

    [Fact]
    public void As_many_jobs_run_at_a_time_as_there_are_threads_and_no_two_share_a_number()
    {
        using Barrier barrier = new(3);
        int[] numbers = new int[3];

        // Each waits for the other two: with fewer threads none would pass.
        new SampleWorkers(3, CancellationToken.None).Run(
            3,
            (worker, index) =>
            {
                numbers[index] = worker;
                Assert.True(barrier.SignalAndWait(TimeSpan.FromSeconds(30)));
            }
        );

        Assert.Equal([0, 1, 2], numbers.Order());
    }

    [Fact]
    public void One_thread_is_that_of_the_caller()
    {
        int caller = Environment.CurrentManagedThreadId;

        Assert.All(
            new SampleWorkers(1, CancellationToken.None).Map(3, _ => Environment.CurrentManagedThreadId),
            thread => Assert.Equal(caller, thread)
        );
    }

    [Fact]
    public void Of_several_failures_the_first_in_order_is_thrown_even_if_it_comes_last()
    {
        using ManualResetEventSlim later = new();

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() =>
            new SampleWorkers(2, CancellationToken.None).Run(
                100,
                index =>
                {
                    if (index == 10)
                        Assert.True(later.Wait(TimeSpan.FromSeconds(30)));
                    if (index == 11)
                        later.Set();
                    if (index is 10 or 11)
                        throw new InvalidOperationException($"job {index}");
                }
            )
        );

        Assert.Equal("job 10", error.Message);
    }

    [Fact]
    public void Behind_a_failure_nothing_is_begun()
    {
        int last = -1;

        Assert.Throws<InvalidOperationException>(() =>
            new SampleWorkers(1, CancellationToken.None).Run(
                100,
                index =>
                {
                    last = index;
                    if (index == 3)
                        throw new InvalidOperationException();
                }
            )
        );

        Assert.Equal(3, last);
    }

    [Fact]
    public void Cancelling_ends_the_work_and_comes_before_a_failure()
    {
        using CancellationTokenSource source = new();
        int begun = 0;

        Assert.Throws<OperationCanceledException>(() =>
            new SampleWorkers(2, source.Token).Run(
                1000,
                index =>
                {
                    Interlocked.Increment(ref begun);
                    if (index != 5)
                        return;
                    source.Cancel();
                    throw new InvalidOperationException();
                }
            )
        );

        Assert.InRange(begun, 6, 999);
    }

    [Fact]
    public void Fewer_threads_than_none_is_a_mistake() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SampleWorkers(-1, CancellationToken.None));
}
