using Quantizer.Pictures;

namespace Quantizer.Samples;

/// <summary>
/// Decoded pictures in the model's size, kept for the next stage that wants them, up to a budget in bytes. Pictures that are
/// awaited stay until they are wanted once more, whatever the budget: with what fits, no picture is decoded twice, and
/// without, none three times. Thread-safe.
/// </summary>
internal sealed class PictureMemory(long budget) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Awaited> _awaited = [];
    private readonly Dictionary<int, Stored> _stored = [];
    private long _bytes;

    /// <summary>A picture kept before; null where there is none.</summary>
    /// <param name="file">The picture's index in its folder.</param>
    public Pixels? Recall(int file, PictureGeometry geometry)
    {
        lock (_lock)
        {
            if (_stored.TryGetValue(file, out Stored? stored) && stored.Geometry == geometry)
                return stored.Pixels.Read();
            if (!_awaited.TryGetValue(file, out Awaited? awaited) || awaited.Geometry != geometry)
                return null;
            _awaited.Remove(file);
            Keep(file, geometry, awaited.Pixels);
            return awaited.Pixels;
        }
    }

    /// <summary>Keeps a picture if there is room.</summary>
    public void Keep(int file, PictureGeometry geometry, Pixels pixels)
    {
        lock (_lock)
        {
            // Of another geometry: nobody awaits it any more.
            _awaited.Remove(file);
            if (_stored.Remove(file, out Stored? former))
            {
                _bytes -= former.Pixels.Bytes;
                former.Pixels.Dispose();
            }
            if (_bytes + pixels.Data.Length > budget)
                return;
            _stored.Add(file, new Stored(geometry, new StoredPixels(pixels)));
            _bytes += pixels.Data.Length;
        }
    }

    /// <summary>Keeps a picture until it is recalled, without a copy: whoever tries preparations holds the pixels as well.</summary>
    public void Await(int file, PictureGeometry geometry, Pixels pixels)
    {
        lock (_lock)
            _awaited[file] = new Awaited(geometry, pixels);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (Stored stored in _stored.Values)
                stored.Pixels.Dispose();
            _stored.Clear();
            _bytes = 0;
        }
    }

    private sealed record Awaited(PictureGeometry Geometry, Pixels Pixels);

    private sealed record Stored(PictureGeometry Geometry, StoredPixels Pixels);
}
