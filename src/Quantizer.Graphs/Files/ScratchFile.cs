using Microsoft.Win32.SafeHandles;

namespace Quantizer.Graphs.Files;

/// <summary>
/// Bytes that are kept out of memory for a while, in a temporary file of which nothing is left: where the system has files without a
/// name, also when the process is killed. Room that is given back is used again. Threads may call at once.
/// </summary>
/// <param name="open">Opens an empty file, when it is first needed.</param>
internal sealed class ScratchFile(Func<SafeFileHandle> open) : IDisposable
{
    private readonly Lock _lock = new();

    /// <summary>Where there is room, by its bytes: what is kept mostly has one of few lengths.</summary>
    private readonly Dictionary<int, Stack<long>> _free = [];

    private SafeFileHandle? _file;
    private long _end;
    private bool _isRefused;

    /// <summary>In the system's folder of temporary files.</summary>
    public ScratchFile()
        : this(OpenUnseen) { }

    /// <exception cref="IOException">There is no room, or no folder for temporary files.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder for temporary files cannot be written to.</exception>
    public ScratchBlock Keep(ReadOnlySpan<byte> data)
    {
        SafeFileHandle file;
        long offset;
        lock (_lock)
        {
            file = _file ??= open();
            if (!_free.TryGetValue(data.Length, out Stack<long>? free) || !free.TryPop(out offset))
            {
                offset = _end;
                _end += data.Length;
            }
        }
        RandomAccess.Write(file, data, offset);
        return new ScratchBlock(offset, data.Length);
    }

    /// <returns>Null where they cannot be kept. Nothing more is then written: a full disk is not made to wait for.</returns>
    public ScratchBlock? TryKeep(ReadOnlySpan<byte> data)
    {
        if (Volatile.Read(ref _isRefused))
            return null;
        try
        {
            return Keep(data);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Volatile.Write(ref _isRefused, true);
            return null;
        }
    }

    /// <param name="into">As long as the block.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public void Read(ScratchBlock block, Span<byte> into)
    {
        int at = 0;
        while (at < block.Length)
        {
            int count = RandomAccess.Read(_file!, into[at..block.Length], block.Offset + at);
            if (count == 0)
                throw new IOException("A temporary file has become shorter. Keep other programs from the folder of temporary files.");
            at += count;
        }
    }

    /// <summary>Gives the room of what is no longer needed back.</summary>
    public void Free(ScratchBlock block)
    {
        lock (_lock)
        {
            if (!_free.TryGetValue(block.Length, out Stack<long>? free))
                _free[block.Length] = free = [];
            free.Push(block.Offset);
        }
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>A file without a name where the system has such files; else one that is deleted when it is closed.</summary>
    private static SafeFileHandle OpenUnseen() =>
        UnnamedFile.TryCreate(Path.GetTempPath(), isRead: true)
        ?? File.OpenHandle(
            Path.Combine(Path.GetTempPath(), $"quantizer-{Guid.NewGuid():N}"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            FileOptions.DeleteOnClose
        );
}
