using System.Buffers.Binary;
using System.Text;
using Quantizer.Graphs;

namespace Quantizer.Samples.Formats;

/// <summary>What an .npy file says of its array.</summary>
/// <param name="ByteLength">Of magic, length and text: where the values begin.</param>
/// <param name="IsBigEndian">Each value's most significant byte comes first.</param>
/// <param name="IsFortranOrder">Column-major: the first index runs fastest.</param>
internal sealed record NpyHeader(ElementType Type, IReadOnlyList<long> Shape, int ByteLength, bool IsBigEndian, bool IsFortranOrder)
    : ArrayHeader(Type, Shape)
{
    // "Versions 2.0 and 3.0 have a 4 byte length"; NumPy itself refuses to parse more than 10,000 bytes unless told otherwise.
    private const int MaximumTextLength = 10_000;
    private const int MaximumRank = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a header and leaves the stream at the first value.</summary>
    /// <param name="array">What messages call the array.</param>
    /// <exception cref="QuantizationException">No .npy header, or of an array that is not read.</exception>
    public static NpyHeader Read(Stream stream, string array)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start[..6].SequenceEqual(Magic))
        {
            throw new QuantizationException(
                $"{array}: no .npy array: its first bytes are not those of NumPy's format. Save it with numpy.save or numpy.savez."
            );
        }

        int version = start[6];
        if (version is < 1 or > 3)
            throw new QuantizationException($"{array}: version {version} of the .npy format; versions 1 to 3 are read.");
        Span<byte> length = stackalloc byte[version == 1 ? 2 : 4];
        ReadFully(stream, length, array);
        uint count = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(length) : BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (count > MaximumTextLength)
        {
            throw new QuantizationException(
                $"{array}: its header claims {count} bytes; at most {MaximumTextLength} are read. The file is damaged."
            );
        }

        byte[] text = new byte[count];
        ReadFully(stream, text, array);
        NpyHeaderText fields = NpyHeaderText.Parse(Encoding.UTF8.GetString(text), array);
        (ElementType type, bool isBigEndian) = NpyTypeTable.Parse(fields.Type, array);
        IReadOnlyList<long> shape = Checked(fields, array);
        return new NpyHeader(
            type,
            shape,
            start.Length + length.Length + text.Length,
            isBigEndian,
            // Of one axis both orders are the same.
            fields.IsFortranOrder
                && shape.Count > 1
        );
    }

    private static IReadOnlyList<long> Checked(NpyHeaderText fields, string array)
    {
        if (fields.Shape.Count > MaximumRank)
            throw new QuantizationException($"{array}: {fields.Shape.Count} axes; at most {MaximumRank} are read.");
        try
        {
            // 8 bytes are the largest element.
            _ = fields.Shape.Aggregate(8L, (count, size) => checked(count * size));
        }
        catch (OverflowException error)
        {
            throw new QuantizationException(
                $"{array}: its header claims the shape [{string.Join(", ", fields.Shape)}], more than any file holds. The file is damaged.",
                error
            );
        }
        return fields.Shape;
    }

    private static void ReadFully(Stream stream, Span<byte> target, string array)
    {
        if (stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length)
            throw new QuantizationException($"{array}: the file ends inside its header. It is truncated: save it again.");
    }
}
