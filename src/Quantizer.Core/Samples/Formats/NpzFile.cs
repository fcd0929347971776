using System.IO.Compression;

namespace Quantizer.Samples.Formats;

/// <summary>
/// An .npz file: a ZIP archive of .npy files. Entries may be compressed, so an array is read once from its start to the last
/// wanted row, and the wanted rows are stored.
/// </summary>
internal sealed class NpzFile : ArrayFile
{
    private const string EntryEnding = ".npy";

    /// <summary>No deflate stream grows more than this: an entry that claims to is damaged or meant to fill the memory.</summary>
    private const long LargestDeflateRatio = 1032;

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);

    private NpzFile(string path, ZipArchive archive)
        : base(path)
    {
        _archive = archive;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (entry.FullName.EndsWith(EntryEnding, StringComparison.Ordinal))
                _entries.TryAdd(entry.FullName[..^EntryEnding.Length], entry);
        }

        Names =
        [
            .. archive
                .Entries.Select(entry => entry.FullName)
                .Where(name => name.EndsWith(EntryEnding, StringComparison.Ordinal))
                .Select(name => name[..^EntryEnding.Length])
                .Distinct(),
        ];
    }

    public override IReadOnlyList<string> Names { get; }

    public static NpzFile Open(string path) => new(path, ZipFile.OpenRead(path));

    public override string Describe(string name) => $"Array '{name}' of '{Path}'";

    public override ArrayHeader HeaderOf(string name) => Reading(name, (_, header) => header);

    public override IArrayRows Rows(string name, IReadOnlyList<int> rows) =>
        Reading(
            name,
            (stream, header) =>
            {
                RequireRowsOfMemory(header, Describe(name));
                bool isFirst = true;
                return NpyRows.Gather(
                    () =>
                    {
                        Stream values = isFirst ? stream : Values(name, header);
                        isFirst = false;
                        return values;
                    },
                    header,
                    rows
                );
            }
        );

    public override byte[] ReadAll(string name) =>
        Reading(
            name,
            (stream, header) =>
            {
                byte[] data = new byte[header.DataLength];
                stream.ReadExactly(data);
                return NpyRows.Ordered(header, data);
            }
        );

    public override void Dispose() => _archive.Dispose();

    private T Reading<T>(string name, Func<Stream, NpyHeader, T> read)
    {
        ZipArchiveEntry entry = _entries[name];
        try
        {
            using Stream stream = entry.Open();
            NpyHeader header = NpyHeader.Read(stream, Describe(name));
            long length = header.ByteLength + header.DataLength;
            if (length > entry.Length || length / LargestDeflateRatio > entry.CompressedLength)
                throw Truncated(Describe(name), header);
            return read(stream, header);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or NotSupportedException)
        {
            throw new QuantizationException(
                $"{Describe(name)} cannot be read: {error.Message} The file is truncated or damaged: save it again.",
                error
            );
        }
    }

    /// <summary>The array once more from its first value on.</summary>
    private Stream Values(string name, NpyHeader header)
    {
        Stream stream = _entries[name].Open();
        stream.ReadExactly(new byte[header.ByteLength]);
        return stream;
    }
}
