using Quantizer.Pictures;
using Quantizer.Testing;

namespace Quantizer.Benchmarks;

/// <summary>Pictures of one size, without loss.</summary>
internal static class ResizedPictures
{
    /// <summary>Writes every picture of a folder into another one, which it gives back.</summary>
    public static string Write(string from, string to, int width, int height)
    {
        PictureGeometry geometry = new(width, height, ResizeConvention.Stretch, Interpolation.PillowBilinear, IsGray: false);
        Directory.CreateDirectory(to);
        foreach (string path in Directory.EnumerateFiles(from).Order(StringComparer.Ordinal))
        {
            Pixels pixels = geometry.Apply(PictureDecoder.Decode(path, path), path);
            int row = pixels.Width * pixels.Channels;
            using FileStream file = File.Create(Path.Combine(to, Path.ChangeExtension(Path.GetFileName(path), ".png")));
            PngFile.Write(file, width, height, (y, bytes) => pixels.Data.AsSpan(y * row, row).CopyTo(bytes));
        }
        return to;
    }
}
