using Quantizer.Pictures;

namespace Quantizer.Samples;

/// <summary>
/// Decoded pictures in the model's size, kept for the next stage that wants them, up to a budget in bytes. A picture kept in
/// any case stays until it is wanted once more: with what fits, no picture is decoded twice, and without, none three times.
/// Thread-safe.
/// </summary>
internal sealed class PictureMemory(long budget)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Entry> _entries = [];
    private long _bytes;

    /// <summary>A picture kept before; null where there is none. While more is kept than the budget allows, it is forgotten with that.</summary>
    /// <param name="file">The picture's index in its folder.</param>
    public Pixels? Recall(int file, PictureGeometry geometry)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(file, out Entry? entry) || entry.Geometry != geometry) return null;
            if (_bytes > budget) Forget(file, entry);
            return entry.Pixels;
        }
    }

    /// <param name="inAnyCase">Whatever the budget.</param>
    public void Keep(int file, PictureGeometry geometry, Pixels pixels, bool inAnyCase)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(file, out Entry? former)) Forget(file, former);
            if (!inAnyCase && _bytes + pixels.Data.Length > budget) return;
            _entries.Add(file, new Entry(geometry, pixels));
            _bytes += pixels.Data.Length;
        }
    }

    private void Forget(int file, Entry entry)
    {
        _entries.Remove(file);
        _bytes -= entry.Pixels.Data.Length;
    }

    private sealed record Entry(PictureGeometry Geometry, Pixels Pixels);
}
