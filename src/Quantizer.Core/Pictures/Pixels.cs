namespace Quantizer.Pictures;

/// <summary>A decoded picture: 8-bit values in row, column, channel order; three channels are R, G, B, one is luma.</summary>
/// <param name="Data">Exactly <paramref name="Width"/> x <paramref name="Height"/> x <paramref name="Channels"/> bytes.</param>
internal sealed record Pixels(int Width, int Height, int Channels, byte[] Data)
{
    /// <summary>The file's EXIF orientation asks for a turn. It is not applied, as in Pillow and torchvision.</summary>
    public bool AsksForTurn { get; init; }

    /// <summary>Luma of an RGB picture by ITU-R 601, bit for bit Pillow's <c>convert('L')</c>; a picture of one channel is returned as it is.</summary>
    public Pixels ToGray()
    {
        if (Channels == 1) return this;
        byte[] gray = new byte[Width * Height];
        for (int i = 0, source = 0; i < gray.Length; i++, source += 3)
        {
            // 0.299, 0.587 and 0.114 with 16 fraction bits (they add up to exactly 1); the last term rounds half up.
            gray[i] = (byte)((Data[source] * 19595 + Data[source + 1] * 38470 + Data[source + 2] * 7471 + 0x8000) >> 16);
        }
        return this with { Channels = 1, Data = gray };
    }
}
