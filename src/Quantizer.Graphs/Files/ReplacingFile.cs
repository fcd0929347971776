using Microsoft.Win32.SafeHandles;

namespace Quantizer.Graphs.Files;

/// <summary>
/// A file that takes its name only when it is complete: written without a name, or where that is not to be had under a
/// hidden temporary one, in the same folder, flushed to the disk, given its name in one step. Disposed before that, it
/// leaves the folder as it was.
/// </summary>
internal sealed class ReplacingFile : IDisposable
{
    private const int BufferSize = 1 << 16;
    private readonly string _path,
        _temporary,
        _old;
    private readonly SafeFileHandle? _unnamed;
    private readonly FileStream _stream;
    private bool _replaced;

    /// <exception cref="IOException">The folder does not exist or has no room.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not writable.</exception>
    public ReplacingFile(string path)
        : this(path, UnnamedFile.TryCreate(FolderOf(path))) { }

    internal ReplacingFile(string path, SafeFileHandle? unnamed)
    {
        _path = Path.GetFullPath(path);
        // Without the file's own name, which may be as long as names can be.
        string hidden = Path.Combine(FolderOf(path), $".quantize.{Guid.NewGuid():N}");
        (_temporary, _old) = (hidden + ".tmp", hidden + ".old");
        _unnamed = unnamed;
        _stream = unnamed is null
            ? new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize)
            : new FileStream(unnamed, FileAccess.Write, BufferSize);
    }

    /// <summary>Writes a file as a whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written; what was there is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        using ReplacingFile file = new(path);
        write(file.Stream);
        file.Complete();
        file.Replace();
    }

    /// <summary>Where the content goes.</summary>
    public Stream Stream => _stream;

    /// <summary>All is written: it goes to the disk.</summary>
    public void Complete()
    {
        _stream.Flush(flushToDisk: true);
        // Windows renames no open file; a file without a name is gone when it is closed.
        if (_unnamed is null)
            _stream.Dispose();
    }

    /// <summary>Takes the name, in one step; what had it is gone.</summary>
    public void Replace()
    {
        if (_unnamed is not null)
        {
            if (UnnamedFile.TryLink(_unnamed, _path))
                return;
            // No call links over another file: for the microseconds until it is renamed, this one has the hidden name.
            UnnamedFile.TryLink(_unnamed, _temporary);
        }
        File.Move(_temporary, _path, overwrite: true);
    }

    /// <summary>Takes the name, and keeps what had it until <see cref="Keep"/>.</summary>
    internal void ReplaceForNow()
    {
        if (File.Exists(_path))
            File.Move(_path, _old);
        _replaced = true;
        Replace();
    }

    internal void Keep()
    {
        _replaced = false;
        File.Delete(_old);
    }

    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        finally
        {
            // Also when the disk is full, and closing could not write the rest.
            File.Delete(_temporary);
        }
        if (!_replaced)
            return;
        if (File.Exists(_old))
            File.Move(_old, _path, overwrite: true);
        else
            File.Delete(_path);
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;
}
