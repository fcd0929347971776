using Quantizer.Graphs.Files;

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
    private readonly Dictionary<int, ScratchBlock> _written = [];
    private readonly ScratchFile _file = new();
    private long _bytes;

    public void Add(int row, byte[] data)
    {
        if (_bytes + data.Length > MostInMemory)
        {
            _written[row] = _file.Keep(data);
            return;
        }
        _kept[row] = data;
        _bytes += data.Length;
    }

    public ReadOnlyMemory<byte> Read(int row)
    {
        if (_kept.TryGetValue(row, out byte[]? known))
            return known;
        ScratchBlock block = _written[row];
        byte[] data = new byte[block.Length];
        _file.Read(block, data);
        return data;
    }

    public void Dispose() => _file.Dispose();
}
