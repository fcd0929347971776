using System.Buffers.Binary;

namespace Quantizer.Pictures;

/// <summary>
/// Tells a truncated progressive JPEG, of which the decoder makes a blurred picture without complaint: its first scan
/// already covers all pixels, and only the end-of-image marker says that no scan is missing.
/// </summary>
internal static class JpegStructure
{
    private const byte Marker = 0xFF;
    private const byte ProgressiveFrame = 0xC2;
    private const byte StartOfScan = 0xDA;
    private const int FirstSegment = 2;

    private static ReadOnlySpan<byte> Start => [Marker, 0xD8, Marker];

    private static ReadOnlySpan<byte> EndOfImage => [Marker, 0xD9];

    public static bool IsTruncatedProgressive(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Start)) return false;
        bool isProgressive = false;
        // Segments up to the first scan carry their length; an embedded thumbnail lies in one and is stepped over.
        for (int at = FirstSegment; at + 4 <= file.Length && file[at] == Marker; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]))
        {
            if (file[at + 1] == ProgressiveFrame) isProgressive = true;
            // In coded data 0xFF is followed by zero or a restart marker, never by this one.
            if (file[at + 1] == StartOfScan) return isProgressive && file[at..].IndexOf(EndOfImage) < 0;
        }
        return false;
    }
}
