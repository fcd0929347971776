namespace Quantizer.Samples;

/// <summary>
/// The one rule for samples that cannot be read. A <see cref="BrokenSampleException"/> leaves its sample out, named and
/// counted, and <see cref="SkipLimit"/> decides in the end whether too many were; whatever else fails ends the run. Thread-safe.
/// </summary>
/// <param name="count">The number of samples.</param>
/// <param name="load">From a sample's index to the sample; called by several threads.</param>
internal sealed class SampleReader<T>(int count, Func<int, T> load)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, SkippedSample> _skipped = [];
    private volatile Kept? _first;

    public int Count => count;

    /// <summary>Samples left out so far, in the order of the data.</summary>
    public IReadOnlyList<SkippedSample> Skipped
    {
        get
        {
            lock (_lock)
                return [.. _skipped.Values];
        }
    }

    /// <summary>The sample; null, and noted, when it cannot be read.</summary>
    /// <exception cref="QuantizationException">The data cannot be used at all.</exception>
    public T? Load(int index)
    {
        if (Remembered(index) is { } known)
            return known;
        lock (_lock)
        {
            if (_skipped.ContainsKey(index))
                return null;
        }
        try
        {
            return Remember(index, load(index));
        }
        catch (BrokenSampleException broken)
        {
            lock (_lock)
                _skipped[index] = broken.ToSkipped();
            return null;
        }
    }

    /// <summary>The first sample that can be read; null when none can. It stays in memory: neither before nor after the others is it
    /// loaded twice.</summary>
    /// <exception cref="QuantizationException">The data cannot be used at all.</exception>
    public T? First()
    {
        for (int index = 0; index < count; index++)
        {
            if (Load(index) is { } sample)
                return sample;
        }

        return null;
    }

    /// <summary>So many samples, evenly from all; those that cannot be read are left out.</summary>
    public IReadOnlyList<T> Spread(int most) => [.. Enumerable.Range(0, most).Select(i => Load((int)((long)i * count / most))).OfType<T>()];

    /// <summary>The sample, if it is the one in memory.</summary>
    internal T? Remembered(int index) => _first is { } first && first.Index == index ? first.Sample : null;

    /// <summary>Takes the sample into memory if none before it is there.</summary>
    internal T Remember(int index, T sample)
    {
        lock (_lock)
        {
            if (_first is null || index < _first.Index)
                _first = new Kept(index, sample);
        }
        return sample;
    }

    private sealed record Kept(int Index, T Sample);
}
