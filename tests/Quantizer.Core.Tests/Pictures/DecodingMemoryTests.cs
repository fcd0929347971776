using Quantizer.Pictures;

namespace Quantizer.Core.Tests.Pictures;

public sealed class DecodingMemoryTests
{
    [Fact]
    public void Pictures_that_fit_together_are_decoded_side_by_side()
    {
        DecodingMemory memory = new(100);

        using IDisposable first = memory.Take(60);
        using IDisposable second = memory.Take(40);
    }

    [Fact]
    public void One_that_is_larger_than_all_there_is_has_its_turn_alone()
    {
        DecodingMemory memory = new(100);
        IDisposable small = memory.Take(1);
        Taker huge = new(memory, 1000);
        Assert.True(huge.Waits);

        small.Dispose();

        Assert.True(huge.HasTaken);
        Taker next = new(memory, 1);
        Assert.True(next.Waits);
        huge.GiveBack();
        Assert.True(next.HasTaken);
    }

    [Fact]
    public void Small_ones_that_come_later_do_not_keep_a_large_one_waiting_for_ever()
    {
        DecodingMemory memory = new(100);
        IDisposable small = memory.Take(60);
        Taker large = new(memory, 90);
        Assert.True(large.Waits);

        // It would fit beside the first, but the large one was there before it.
        Taker later = new(memory, 20);
        Assert.True(later.Waits);
        small.Dispose();

        Assert.True(large.HasTaken);
        Assert.True(later.Waits);
        large.GiveBack();
        Assert.True(later.HasTaken);
    }

    /// <summary>Somebody who wants memory, in a thread of their own.</summary>
    private sealed class Taker
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30),
            Moment = TimeSpan.FromMilliseconds(100);
        private readonly ManualResetEventSlim _taken = new();
        private IDisposable? _share;

        public Taker(DecodingMemory memory, long bytes)
        {
            Thread thread = new(() =>
            {
                _share = memory.Take(bytes);
                _taken.Set();
            })
            {
                IsBackground = true,
            };
            thread.Start();
        }

        public bool Waits => !_taken.Wait(Moment);

        public bool HasTaken => _taken.Wait(Patience);

        public void GiveBack() => _share!.Dispose();
    }
}
