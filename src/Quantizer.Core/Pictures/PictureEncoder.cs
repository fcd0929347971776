using System.Runtime.InteropServices;
using SkiaSharp;

namespace Quantizer.Pictures;

/// <summary>Small pictures as text that a page can hold.</summary>
internal static class PictureEncoder
{
    /// <summary>Below this thumbnails show blocks; above, they only grow.</summary>
    private const int JpegQuality = 80;

    /// <summary>A "data:image/jpeg" URI of a picture.</summary>
    /// <param name="longest">Of width and height, after the picture was made smaller to it.</param>
    public static string Thumbnail(Pixels picture, int longest)
    {
        (int width, int height) = Within(picture.Width, picture.Height, longest);
        Pixels small = PictureResize.To(picture, width, height, Interpolation.PillowBilinear);
        return Encode(width, height, pixel => ColourOf(small, pixel), SKAlphaType.Opaque, SKEncodedImageFormat.Jpeg, "image/jpeg");
    }

    /// <summary>A "data:image/png" URI of an overlay, the nearest pixel where it is made smaller.</summary>
    /// <param name="colourOf">From a pixel's index to its colour.</param>
    /// <param name="longest">As above.</param>
    public static string Overlay(int width, int height, Func<int, PixelColour> colourOf, int longest)
    {
        (int smallWidth, int smallHeight) = Within(width, height, longest);
        int Source(int pixel) => (pixel / smallWidth * height / smallHeight * width) + (pixel % smallWidth * width / smallWidth);
        return Encode(
            smallWidth,
            smallHeight,
            pixel => colourOf(Source(pixel)),
            SKAlphaType.Unpremul,
            SKEncodedImageFormat.Png,
            "image/png"
        );
    }

    private static (int Width, int Height) Within(int width, int height, int longest)
    {
        int most = Math.Max(width, height);
        return most <= longest ? (width, height) : (Math.Max(1, width * longest / most), Math.Max(1, height * longest / most));
    }

    private static PixelColour ColourOf(Pixels picture, int pixel)
    {
        int at = pixel * picture.Channels;
        return picture.Channels == 1
            ? new PixelColour(picture.Data[at], picture.Data[at], picture.Data[at], byte.MaxValue)
            : new PixelColour(picture.Data[at], picture.Data[at + 1], picture.Data[at + 2], byte.MaxValue);
    }

    private static string Encode(
        int width,
        int height,
        Func<int, PixelColour> colourOf,
        SKAlphaType alpha,
        SKEncodedImageFormat format,
        string type
    )
    {
        PixelColour[] colours = new PixelColour[width * height];
        for (int pixel = 0; pixel < colours.Length; pixel++)
            colours[pixel] = colourOf(pixel);
        using SKImage image = SKImage.FromPixelCopy(
            new SKImageInfo(width, height, SKColorType.Rgba8888, alpha),
            MemoryMarshal.AsBytes<PixelColour>(colours)
        );
        using SKData data = image.Encode(format, JpegQuality);
        return $"data:{type};base64,{Convert.ToBase64String(data.AsSpan())}";
    }
}
