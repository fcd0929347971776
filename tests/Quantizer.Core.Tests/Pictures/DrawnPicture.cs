using System.Security.Cryptography;
using Quantizer.Pictures;

namespace Quantizer.Core.Tests.Pictures;

/// <summary>
/// Pictures that tests draw: slopes with noise from a linear congruential generator, the same few lines in Python made the
/// references (Pillow 9.4.0, OpenCV 4.6.0, NumPy 1.24.2; first 16 hexadecimal digits of SHA-256 over the result's bytes).
/// </summary>
internal static class DrawnPicture
{
    public static Pixels Of(int width, int height, int channels, uint seed = 1)
    {
        byte[] data = new byte[width * height * channels];
        uint state = seed;
        int next = 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    state = unchecked(state * 1664525 + 1013904223);
                    data[next++] = (byte)(x * 7 + y * 5 + channel * 60 + (state >> 26));
                }
            }
        }
        return new Pixels(width, height, channels, data);
    }

    public static string Hash(Pixels picture) => Convert.ToHexStringLower(SHA256.HashData(picture.Data))[..16];
}
