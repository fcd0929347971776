using System.Text.Unicode;

namespace Quantizer.Graphs.Serialization.Scanning;

/// <summary>
/// Reads protobuf's encoding (protobuf.dev, "Encoding") from memory of any length. Every length is checked against what
/// is there before anything else is done with it.
/// </summary>
internal sealed unsafe class WireCursor(byte* bytes, long length, string source)
{
    private const int VarintBits = 7,
        LongestVarint = 10;

    public long Position { get; private set; }

    /// <summary>The tag of a field: its number and its wire type.</summary>
    public (int Field, WireType Type) Tag(long end)
    {
        long start = Position;
        ulong tag = Varint(end);
        ulong field = tag >> 3;
        if (field is 0 or > int.MaxValue)
            throw Damaged(start, $"found the field number {field}; field numbers start at 1");
        return ((int)field, (WireType)(tag & 7));
    }

    /// <summary>The length of what follows; it fits before <paramref name="end"/>.</summary>
    public long Length(long end)
    {
        long start = Position;
        ulong found = Varint(end);
        if (found > (ulong)(end - Position))
            throw Damaged(start, $"a field claims {found} bytes where {end - Position} are left");
        return (long)found;
    }

    public ulong Varint(long end)
    {
        ulong value = 0;
        for (int i = 0; i < LongestVarint; i++)
        {
            if (Position >= end)
                throw Damaged(Position, "a number is cut off");
            byte next = bytes[Position++];
            value |= (ulong)(next & 0x7F) << (i * VarintBits);
            if (next < 0x80)
                return value;
        }
        throw Damaged(Position, "a number is longer than 10 bytes");
    }

    public void Skip(long count, long end)
    {
        if (count > end - Position)
            throw Damaged(Position, $"a field needs {count} bytes where {end - Position} are left");
        Position += count;
    }

    public void CheckText(long count, string message, int field)
    {
        if (count > int.MaxValue)
            throw Damaged(Position, $"a text of {count} bytes");
        if (!Utf8.IsValid(new ReadOnlySpan<byte>(bytes + Position, (int)count)))
            throw Damaged(Position, $"field {field} of a {message} is not valid UTF-8 text");
    }

    public void CopyTo(Stream target, long from, long to)
    {
        if (to - from > Array.MaxLength - target.Length)
        {
            throw new ModelFormatException(
                $"'{source}' holds more than {Array.MaxLength} bytes outside the raw data of its tensors; they do not fit into memory. "
                    + $"Export it with weights as raw or external data."
            );
        }

        target.Write(new ReadOnlySpan<byte>(bytes + from, (int)(to - from)));
    }

    public ModelFormatException Damaged(long position, string what) =>
        new($"'{source}' is no ONNX model or is damaged: at byte {position} of {length}, {what}. Download or export it again.");
}
