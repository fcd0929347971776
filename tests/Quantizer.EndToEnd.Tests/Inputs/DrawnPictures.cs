using System.Buffers.Binary;
using SkiaSharp;

namespace Quantizer.EndToEnd.Tests.Inputs;

/// <summary>Picture files that tests draw: noise over a slope, so that no two are alike.</summary>
internal static class DrawnPictures
{
    public static byte[] Png(int seed, int width = 20, int height = 18)
    {
        Random random = new(seed);
        using SKBitmap bitmap = new(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                byte Value(int slope) => (byte)((slope + random.Next(64) + (seed * 16)) % 256);
                bitmap.SetPixel(x, y, new SKColor(Value(x * 6), Value(y * 7), Value((x + y) * 3)));
            }
        }
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return data.ToArray();
    }

    /// <summary>A PNG header that promises so many pixels, with next to nothing behind it.</summary>
    public static byte[] Bomb(int width, int height)
    {
        byte[] png = Png(seed: 1);
        // Signature, then the first chunk: length, "IHDR", width, height, five bytes, checksum over type and data.
        const int Type = 12,
            Width = 16,
            Height = 20,
            Checksum = 29;
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(Width), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(Height), height);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(Checksum), Crc32(png.AsSpan(Type, Checksum - Type)));
        return png;
    }

    private static uint Crc32(ReadOnlySpan<byte> data)
    {
        const uint ReversedPolynomial = 0xEDB88320;
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) != 0 ? ReversedPolynomial : 0);
        }
        return ~crc;
    }
}
