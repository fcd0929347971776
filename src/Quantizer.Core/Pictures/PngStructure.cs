namespace Quantizer.Pictures;

/// <summary>What a PNG's header says beside its size.</summary>
internal static class PngStructure
{
    // Signature (8), then the chunk IHDR: length (4), type (4), width, height (4 each), depth, colours, compression, filter, interlace
    // method.
    private const int InterlaceMethod = 28;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool IsInterlaced(Stream file)
    {
        Span<byte> head = stackalloc byte[InterlaceMethod + 1];
        file.Position = 0;
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length
            && head.StartsWith(Signature)
            && head[InterlaceMethod] != 0;
    }
}
