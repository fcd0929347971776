using System.Buffers.Binary;

namespace Quantizer.Pictures;

/// <summary>
/// What the segments in front of a JPEG's first scan say. A truncated progressive JPEG makes a blurred picture without
/// complaint: its first scan already covers all pixels, and only the end-of-image marker says that no scan is missing.
/// </summary>
/// <param name="FirstScan">Where the first scan begins in the file.</param>
internal sealed record JpegStructure(bool IsProgressive, long FirstScan)
{
    private const byte Marker = 0xFF;
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte ProgressiveFrame = 0xC2;
    private const byte StartOfScan = 0xDA;
    private const int FirstSegment = 2,
        LengthBytes = 2;
    private const int Chunk = 1 << 16;

    /// <summary>Null where the file is no JPEG, or has no scan.</summary>
    public static JpegStructure? Of(Stream file)
    {
        Span<byte> head = stackalloc byte[4];
        if (!TryRead(file, 0, head[..3]) || head[0] != Marker || head[1] != StartOfImage || head[2] != Marker)
            return null;
        bool isProgressive = false;
        // Segments up to the first scan carry their length; an embedded thumbnail lies in one and is stepped over.
        for (
            long at = FirstSegment;
            TryRead(file, at, head) && head[0] == Marker;
            at += LengthBytes + BinaryPrimitives.ReadUInt16BigEndian(head[2..])
        )
        {
            if (head[1] == ProgressiveFrame)
                isProgressive = true;
            if (head[1] == StartOfScan)
                return new JpegStructure(isProgressive, at);
        }
        return null;
    }

    /// <summary>Whether the end-of-image marker is missing. In coded data 0xFF is followed by zero or a restart marker, never by this
    /// one.</summary>
    public bool EndsEarly(Stream file)
    {
        byte[] chunk = new byte[Chunk];
        file.Position = FirstScan;
        int carried = 0;
        while (file.Read(chunk, carried, Chunk - carried) is int read and > 0)
        {
            Span<byte> known = chunk.AsSpan(0, carried + read);
            if (known.IndexOf([Marker, EndOfImage]) >= 0)
                return false;
            // The marker may lie across the border of two chunks.
            chunk[0] = known[^1];
            carried = 1;
        }
        return true;
    }

    private static bool TryRead(Stream file, long at, Span<byte> bytes)
    {
        file.Position = at;
        return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;
    }
}
