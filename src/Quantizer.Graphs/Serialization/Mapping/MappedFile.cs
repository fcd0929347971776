using System.IO.MemoryMappedFiles;

namespace Quantizer.Graphs.Serialization.Mapping;

/// <summary>
/// A file in memory, read-only, paged in where it is looked at. Windows into it keep it alive; one that is used after
/// <see cref="Dispose"/> throws <see cref="ObjectDisposedException"/>, while a span taken before is the caller's to give up in time.
/// </summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private bool _disposed;

    /// <exception cref="IOException">The file cannot be opened; an empty one cannot be mapped.</exception>
    public MappedFile(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        Path = path;
        Length = stream.Length;
        _file = MemoryMappedFile.CreateFromFile(
            stream,
            mapName: null,
            capacity: 0,
            MemoryMappedFileAccess.Read,
            HandleInheritability.None,
            leaveOpen: false
        );
        _view = _file.CreateViewAccessor(offset: 0, size: 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        // Never released but in Dispose: a map nobody disposes stays mapped rather than going from under a span.
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _start = start + _view.PointerOffset;
    }

    public string Path { get; }

    public long Length { get; }

    public byte* Start
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _start;
        }
    }

    /// <summary>A part of the file, not copied.</summary>
    public ReadOnlyMemory<byte> Window(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);
        return length == 0 ? default : new MappedWindow(this, offset, length).Memory;
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
