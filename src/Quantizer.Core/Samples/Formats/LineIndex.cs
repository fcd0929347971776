using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Quantizer.Samples.Formats;

/// <summary>Where the lines of a text file lie that are not empty: it is read once to find them, then a line at a time.</summary>
internal sealed class LineIndex : IDisposable
{
    /// <summary>No sample of text is longer; a file without line breaks is no text.</summary>
    private const int MostBytes = 256 << 20;

    private const int ChunkLength = 1 << 16;

    private readonly SafeFileHandle _file;
    private readonly List<(long Offset, long Length, int Number)> _lines = [];

    private LineIndex(SafeFileHandle file) => _file = file;

    public int Count => _lines.Count;

    public static LineIndex Open(string path)
    {
        SafeFileHandle file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        try
        {
            LineIndex index = new(file);
            index.Scan();
            return index;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Its number in the file, from 1.</summary>
    public int NumberOf(int line) => _lines[line].Number;

    /// <exception cref="QuantizationException">The line is too long.</exception>
    public byte[] Read(int line)
    {
        (long offset, long length, int number) = _lines[line];
        if (length > MostBytes)
            throw new QuantizationException($"line {number} has {length} bytes; at most {MostBytes} are read");
        byte[] data = new byte[length];
        int at = 0;
        while (at < data.Length)
        {
            int count = RandomAccess.Read(_file, data.AsSpan(at), offset + at);
            if (count == 0)
                throw new IOException("the file has become shorter");
            at += count;
        }
        return data;
    }

    public void Dispose() => _file.Dispose();

    private void Scan()
    {
        byte[] chunk = new byte[ChunkLength];
        long at = 0,
            start = 0;
        int number = 1;
        bool isEmpty = true;
        ReadOnlySpan<byte> mark = Encoding.UTF8.Preamble;
        for (int count; (count = RandomAccess.Read(_file, chunk, at)) > 0; at += count)
        {
            if (at == 0 && chunk.AsSpan(0, count).StartsWith(mark))
                start = mark.Length;
            for (int i = at == 0 ? (int)start : 0; i < count; i++)
            {
                if (chunk[i] == '\n')
                {
                    Add(start, at + i - start, number++, isEmpty);
                    start = at + i + 1;
                    isEmpty = true;
                }
                else
                {
                    isEmpty &= chunk[i] is (byte)' ' or (byte)'\t' or (byte)'\r';
                }
            }
        }
        Add(start, at - start, number, isEmpty);
    }

    private void Add(long offset, long length, int number, bool isEmpty)
    {
        if (!isEmpty)
            _lines.Add((offset, length, number));
    }
}
