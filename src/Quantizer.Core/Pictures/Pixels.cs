namespace Quantizer.Pictures;

/// <summary>A decoded picture: 8-bit values in row, column, channel order; three channels are R, G, B, one is luma.</summary>
/// <param name="Data">Exactly <paramref name="Width"/> x <paramref name="Height"/> x <paramref name="Channels"/> bytes.</param>
internal sealed record Pixels(int Width, int Height, int Channels, byte[] Data)
{
    /// <summary>The file's EXIF orientation asks for a turn. It is not applied, as in Pillow and torchvision.</summary>
    public bool AsksForTurn { get; init; }

    /// <summary>Luma of an RGB picture by ITU-R 601, bit for bit Pillow's <c>convert('L')</c>; a picture of one channel is returned as
    /// it is.</summary>
    public Pixels ToGray()
    {
        if (Channels == 1)
            return this;
        byte[] gray = new byte[Width * Height];
        Luma.Of(Data, gray);
        return this with { Channels = 1, Data = gray };
    }
}
