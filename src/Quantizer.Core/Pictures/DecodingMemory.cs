namespace Quantizer.Pictures;

/// <summary>
/// Bounds what pictures take while they are decoded, whatever the number of threads: ordinary ones are decoded side by side,
/// huge ones one after the other. First come, first served, so that a huge one has its turn too.
/// </summary>
internal sealed class DecodingMemory(long bytes)
{
    private readonly Lock _turn = new();
    private readonly object _gate = new();
    private long _taken;

    /// <summary>For all pictures of the process: enough for a photo of 24 megapixels as a whole, a fraction of what a model's weights
    /// and ONNX Runtime take.</summary>
    public static DecodingMemory Shared { get; } = new(128L << 20);

    /// <summary>Waits until there is room, or nothing else is decoded; disposing the result gives it back.</summary>
    public IDisposable Take(long wanted)
    {
        // The next one waits here while this one waits for room.
        lock (_turn)
        {
            lock (_gate)
            {
                while (_taken > 0 && _taken + wanted > bytes)
                    Monitor.Wait(_gate);
                _taken += wanted;
            }
        }
        return new Share(this, wanted);
    }

    private void Return(long share)
    {
        lock (_gate)
        {
            _taken -= share;
            Monitor.PulseAll(_gate);
        }
    }

    private sealed class Share(DecodingMemory memory, long bytes) : IDisposable
    {
        public void Dispose() => memory.Return(bytes);
    }
}
