using Microsoft.Win32.SafeHandles;

namespace Quantizer.Samples.Formats;

/// <summary>
/// Rows that were read in passing, of a file that can only be read from start to end: in memory as long as they are few, in a
/// temporary file beyond, so that memory does not grow with their number.
/// </summary>
internal sealed class RowStore : IArrayRows
{
    /// <summary>A few hundred pictures or thousands of sentences; a file on disk costs more than a second reading.</summary>
    private const long MostInMemory = 64L << 20;

    private readonly Dictionary<int, byte[]> _kept = [];
    private readonly Dictionary<int, (long Offset, int Length)> _written = [];
    private SafeFileHandle? _file;
    private long _bytes;
    private long _end;

    public void Add(int row, byte[] data)
    {
        if (_bytes + data.Length <= MostInMemory)
        {
            _kept[row] = data;
            _bytes += data.Length;
            return;
        }
        _file ??= File.OpenHandle(
            Path.Combine(Path.GetTempPath(), $"quantizer-{Guid.NewGuid():N}"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            FileOptions.DeleteOnClose
        );
        RandomAccess.Write(_file, data, _end);
        _written[row] = (_end, data.Length);
        _end += data.Length;
    }

    public ReadOnlyMemory<byte> Read(int row)
    {
        if (_kept.TryGetValue(row, out byte[]? known))
            return known;
        (long offset, int length) = _written[row];
        byte[] data = new byte[length];
        int at = 0;
        while (at < length)
        {
            int count = RandomAccess.Read(_file!, data.AsSpan(at), offset + at);
            if (count == 0)
                throw new IOException("A temporary file has become shorter. Keep other programs from the folder of temporary files.");
            at += count;
        }
        return data;
    }

    public void Dispose() => _file?.Dispose();
}
