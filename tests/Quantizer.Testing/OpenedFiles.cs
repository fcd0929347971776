using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Quantizer.Testing;

/// <summary>Counts how often each file below a folder is opened, by whomever: Linux itself tells.</summary>
public sealed class OpenedFiles : IDisposable
{
    // linux/inotify.h
    private const int NonBlocking = 0x800;
    private const uint Open = 0x20,
        CloseNoWrite = 0x10,
        QueueOverflow = 0x4000,
        IsFolder = 0x40000000;
    private const int EventHeader = 16;

    private readonly int _handle;
    private readonly Dictionary<int, string> _folders = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public OpenedFiles(string folder)
    {
        _handle = Checked(inotify_init1(NonBlocking));
        foreach (string path in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Prepend(folder))
        {
            // Closing is watched as well: equal events in a row would count as one.
            int watch = Checked(inotify_add_watch(_handle, Encoding.UTF8.GetBytes(path + '\0'), Open | CloseNoWrite));
            _folders[watch] = Path.GetRelativePath(folder, path) is var name and not "." ? $"{name}/" : "";
        }
    }

    /// <summary>By path below the folder; files that were not opened have no count.</summary>
    public IReadOnlyDictionary<string, int> Counts()
    {
        byte[] buffer = new byte[1 << 16];
        for (nint length = read(_handle, buffer, buffer.Length); length > 0; length = read(_handle, buffer, buffer.Length))
            Add(buffer.AsSpan(0, (int)length));
        return _counts;
    }

    public void Dispose() => _ = close(_handle);

    private void Add(ReadOnlySpan<byte> events)
    {
        while (!events.IsEmpty)
        {
            uint mask = BinaryPrimitives.ReadUInt32LittleEndian(events[4..]);
            if ((mask & QueueOverflow) != 0)
                throw new InvalidOperationException("More files were opened than the system remembers.");
            int end = EventHeader + BinaryPrimitives.ReadInt32LittleEndian(events[12..]);
            if ((mask & Open) != 0 && (mask & IsFolder) == 0)
            {
                string name =
                    _folders[BinaryPrimitives.ReadInt32LittleEndian(events)]
                    + Encoding.UTF8.GetString(events[EventHeader..end]).TrimEnd('\0');
                _counts[name] = _counts.GetValueOrDefault(name) + 1;
            }
            events = events[end..];
        }
    }

    private static int Checked(int result) => result >= 0 ? result : throw new Win32Exception();

    [DllImport("libc", SetLastError = true)]
    private static extern int inotify_init1(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int inotify_add_watch(int handle, byte[] path, uint mask);

    [DllImport("libc", SetLastError = true)]
    private static extern nint read(int handle, byte[] buffer, nint count);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int handle);
}
