using System.Buffers;
using Quantizer.Samples;
using SkiaSharp;

namespace Quantizer.Pictures;

/// <summary>
/// Decodes JPEG, PNG, WebP, BMP and GIF (first frame) to the bytes that Pillow's <c>convert('RGB')</c> gives: no colour
/// management, alpha dropped, palettes and CMYK resolved, EXIF orientation not applied. 16-bit values lose their low byte.
/// </summary>
internal static class PictureDecoder
{
    /// <summary>Larger pictures are refused before a byte of them is decoded: 100 megapixels are 400 MB while decoding.</summary>
    public const long MaximumPixels = 100_000_000;

    /// <summary>Larger files are no calibration pictures; reading them would only fill the memory.</summary>
    public const long MaximumFileBytes = 512L << 20;

    private const int RgbaChannels = 4;
    private const int RgbChannels = 3;

    /// <param name="path">The file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="BrokenSampleException">The file cannot be read, is no picture of a supported kind, is truncated, damaged or too large.</exception>
    public static Pixels Decode(string path, string name)
    {
        using SKData data = SKData.CreateCopy(Read(path, name));
        return Decode(data, name);
    }

    /// <summary>Decodes a picture held in memory; see <see cref="Decode(string, string)"/>.</summary>
    public static Pixels Decode(ReadOnlySpan<byte> file, string name)
    {
        using SKData data = SKData.CreateCopy(file);
        return Decode(data, name);
    }

    private static Pixels Decode(SKData data, string name)
    {
        using SKCodec codec = SKCodec.Create(data)
            ?? throw new BrokenSampleException(name, data.Size == 0 ? "the file is empty" : "no JPEG, PNG, WebP, BMP or GIF picture, or one whose header is damaged");
        (int width, int height) = (codec.Info.Width, codec.Info.Height);
        long pixels = (long)width * height;
        if (pixels is <= 0 or > MaximumPixels)
            throw new BrokenSampleException(name, $"its header says {width} x {height} pixels; at most {MaximumPixels / 1_000_000} megapixels are decoded");
        return Decode(codec, data.AsSpan(), name, width, height);
    }

    private static unsafe Pixels Decode(SKCodec codec, ReadOnlySpan<byte> file, string name, int width, int height)
    {
        byte[] rgba = ArrayPool<byte>.Shared.Rent(width * height * RgbaChannels);
        try
        {
            // A null colour space means: leave the values as stored, whatever profile is embedded.
            SKImageInfo target = new(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul, colorspace: null);
            SKCodecResult result;
            fixed (byte* start = rgba) result = codec.GetPixels(target, (nint)start);
            if (result != SKCodecResult.Success)
            {
                throw new BrokenSampleException(name, result == SKCodecResult.IncompleteInput
                    ? "the file is truncated: its picture data end early"
                    : $"its picture data are damaged ({result})");
            }
            if (codec.EncodedFormat == SKEncodedImageFormat.Jpeg && JpegStructure.IsTruncatedProgressive(file))
                throw new BrokenSampleException(name, "the file is truncated: it ends before its last scan");
            return new Pixels(width, height, RgbChannels, DropAlpha(rgba, width * height)) { AsksForTurn = codec.EncodedOrigin > SKEncodedOrigin.TopLeft };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rgba);
        }
    }

    private static byte[] DropAlpha(ReadOnlySpan<byte> rgba, int pixels)
    {
        byte[] rgb = new byte[pixels * RgbChannels];
        for (int source = 0, target = 0; target < rgb.Length; source += RgbaChannels, target += RgbChannels)
        {
            rgb[target] = rgba[source];
            rgb[target + 1] = rgba[source + 1];
            rgb[target + 2] = rgba[source + 2];
        }
        return rgb;
    }

    private static byte[] Read(string path, string name)
    {
        try
        {
            long length = new FileInfo(path).Length;
            if (length > MaximumFileBytes) throw new BrokenSampleException(name, $"the file has {length >> 20} MiB; at most {MaximumFileBytes >> 20} MiB are read");
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BrokenSampleException(name, $"the file cannot be read: {error.Message}", error);
        }
    }
}
