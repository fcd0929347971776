using Quantizer.Testing;
using SkiaSharp;

namespace Quantizer.Core.Tests.Preprocessing.Discovery;

/// <summary>PNG files of plain colours.</summary>
internal static class DrawnPictures
{
    /// <summary>A picture of one colour, with another one at both of its sides where it is wider than high.</summary>
    public static void Draw(this TemporaryFolder folder, string name, int width, int height, SKColor middle, SKColor? sides = null)
    {
        using SKBitmap bitmap = new(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        int margin = (width - height) / 2;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                bitmap.SetPixel(x, y, sides is { } other && (x < margin || x >= width - margin) ? other : middle);
        }

        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        folder.Write(name, png.AsSpan());
    }

    /// <summary>As different as so many colours are, and the same in every run: steps of red, green and blue.</summary>
    public static SKColor Colour(int number) => new((byte)(number * 67 % 256), (byte)(number * 131 % 256), (byte)(number * 29 % 256));
}
