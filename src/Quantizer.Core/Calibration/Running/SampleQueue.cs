using Quantizer.Samples;

namespace Quantizer.Calibration.Running;

/// <summary>Hands out the samples in order, in groups, and keeps the account of them. Thread-safe.</summary>
internal sealed class SampleQueue(ISampleSource source, int groupSize, Action<int>? progress)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, SkippedSample> _skipped = [];
    private int _next;
    private int _done;
    private volatile bool _skippedMostSamples;

    public SampleFailure Failure { get; } = new();

    public IReadOnlyList<SkippedSample> Skipped
    {
        get
        {
            lock (_lock) return [.. _skipped.Values];
        }
    }

    /// <summary>The places of the next group; empty when there are no more, or none that matter after a failure.</summary>
    public Range NextGroup()
    {
        int start = Interlocked.Add(ref _next, groupSize) - groupSize;
        return start >= source.Count || _skippedMostSamples || Failure.MakesNeedless(start) ? 0..0 : start..Math.Min(start + groupSize, source.Count);
    }

    /// <summary>A sample; null, and noted, when it cannot be read.</summary>
    public Sample? Load(int index)
    {
        try
        {
            return source.Load(index);
        }
        catch (QuantizationException error)
        {
            Skip(index, error is BrokenSampleException broken ? broken.ToSkipped() : new SkippedSample(source.NameOf(index), error.Message));
            return null;
        }
    }

    public void Done(int count)
    {
        lock (_lock) progress?.Invoke(_done += count);
    }

    /// <summary>Call it when all workers are done: only then is the first of the broken samples surely known.</summary>
    /// <exception cref="QuantizationException">More than half of the samples cannot be read.</exception>
    /// <exception cref="Exception">What went wrong with the first sample that failed.</exception>
    public void ThrowIfFailed()
    {
        if (_skippedMostSamples)
        {
            SkippedSample first = Skipped[0];
            throw new QuantizationException(
                $"More than half of the {source.Count} samples cannot be read, among them '{first.Name}': {first.Reason.TrimEnd('.')}. Check that the data is what the model was made for.");
        }
        Failure.ThrowIfAny();
    }

    private void Skip(int index, SkippedSample sample)
    {
        lock (_lock)
        {
            _skipped[index] = sample;
            _skippedMostSamples = _skipped.Count * 2 > source.Count;
        }
    }
}
