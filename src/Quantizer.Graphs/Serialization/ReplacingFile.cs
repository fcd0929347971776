namespace Quantizer.Graphs.Serialization;

/// <summary>
/// A file that takes its name only when it is complete: written under a temporary name in the same folder, flushed to
/// the disk, renamed. Disposed before <see cref="Keep"/>, it leaves the folder as it was.
/// </summary>
internal sealed class ReplacingFile : IDisposable
{
    private const int BufferSize = 1 << 16;
    private readonly string _path, _temporary, _old;
    private FileStream? _stream;
    private bool _replaced;

    public ReplacingFile(string path)
    {
        _path = Path.GetFullPath(path);
        string hidden = Path.Combine(Path.GetDirectoryName(_path)!, $".{Path.GetFileName(_path)}.{Guid.NewGuid():N}");
        (_temporary, _old) = (hidden + ".tmp", hidden + ".old");
        _stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize);
    }

    public Stream Stream => _stream ?? throw new InvalidOperationException("The file is complete.");

    /// <summary>All is written: it goes to the disk.</summary>
    public void Complete()
    {
        _stream?.Flush(flushToDisk: true);
        _stream?.Dispose();
        _stream = null;
    }

    /// <summary>Takes the name, in one step; what had it is gone.</summary>
    public void Replace() => File.Move(_temporary, _path, overwrite: true);

    /// <summary>Takes the name, and keeps what had it until <see cref="Keep"/>.</summary>
    public void ReplaceForNow()
    {
        if (File.Exists(_path)) File.Move(_path, _old);
        _replaced = true;
        File.Move(_temporary, _path);
    }

    public void Keep()
    {
        _replaced = false;
        File.Delete(_old);
    }

    public void Dispose()
    {
        _stream?.Dispose();
        File.Delete(_temporary);
        if (!_replaced) return;
        if (File.Exists(_old)) File.Move(_old, _path, overwrite: true);
        else File.Delete(_path);
    }
}
