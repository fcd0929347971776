using Microsoft.Win32.SafeHandles;

namespace Quantizer.Samples.Formats;

/// <summary>An .npy file: one array, whose rows are read from the file when they are asked for.</summary>
internal sealed class NpyFile : ArrayFile
{
    private readonly SafeFileHandle _file;
    private readonly NpyHeader _header;

    /// <param name="file">Disposed of with this.</param>
    internal NpyFile(string path, SafeFileHandle file, NpyHeader header)
        : base(path)
    {
        _file = file;
        _header = header;
    }

    public override bool HasNames => false;

    public override IReadOnlyList<string> Names => [System.IO.Path.GetFileNameWithoutExtension(Path)];

    public static NpyFile Open(string path)
    {
        string array = $"Array file '{path}'";
        NpyHeader header;
        using (FileStream stream = File.OpenRead(path))
            header = NpyHeader.Read(stream, array);
        SafeFileHandle file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        if (RandomAccess.GetLength(file) - header.ByteLength >= header.DataLength)
            return new NpyFile(path, file, header);
        file.Dispose();
        throw Truncated(array, header);
    }

    public override string Describe(string name) => $"Array file '{Path}'";

    public override ArrayHeader HeaderOf(string name) => _header;

    public override IArrayRows Rows(string name, IReadOnlyList<int> rows)
    {
        RequireRowsOfMemory(_header, Describe(name));
        return _header.IsFortranOrder ? NpyRows.Gather(Values, _header, rows) : new FileRows(this);
    }

    public override byte[] ReadAll(string name)
    {
        byte[] data = new byte[_header.DataLength];
        Read(data, _header.ByteLength);
        return NpyRows.Ordered(_header, data);
    }

    public override void Dispose() => _file.Dispose();

    private void Read(Span<byte> target, long offset)
    {
        while (!target.IsEmpty)
        {
            int count = RandomAccess.Read(_file, target, offset);
            if (count == 0)
                throw Truncated(Describe(""), _header);
            target = target[count..];
            offset += count;
        }
    }

    private FileStream Values()
    {
        FileStream stream = File.OpenRead(Path);
        stream.Position = _header.ByteLength;
        return stream;
    }

    private sealed class FileRows(NpyFile file) : IArrayRows
    {
        public ReadOnlyMemory<byte> Read(int row)
        {
            byte[] data = new byte[file._header.RowLength];
            file.Read(data, file._header.ByteLength + row * file._header.RowLength);
            NpyRows.ToLittleEndian(file._header, data);
            return data;
        }

        /// <summary>The file is whoever opened it's.</summary>
        public void Dispose() { }
    }
}
