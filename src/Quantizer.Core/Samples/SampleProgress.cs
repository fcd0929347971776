namespace Quantizer.Samples;

/// <summary>Counts the samples that several workers have done. The listener is told one count at a time, so none goes back.</summary>
internal sealed class SampleProgress(Action<int>? told)
{
    private readonly Lock _lock = new();
    private int _done;

    public void Add(int count = 1)
    {
        lock (_lock)
            told?.Invoke(_done += count);
    }
}
