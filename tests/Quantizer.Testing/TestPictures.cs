namespace Quantizer.Testing;

/// <summary>Small pictures as data URIs.</summary>
internal static class TestPictures
{
    private const int Side = 96;

    /// <summary>A disc on stripes.</summary>
    public static string Thumbnail(int index) =>
        Draw(
            (x, y) =>
                IsInside(index, x, y, 22) ? ((byte)220, (byte)(40 + index * 3), (byte)60) : ((byte)60, (byte)(90 + y / 16 * 16), (byte)140)
        );

    /// <summary>A white disc on black.</summary>
    public static string Mask(int index, int radius) =>
        Draw((x, y) => IsInside(index, x, y, radius) ? ((byte)0, (byte)255, (byte)160) : ((byte)0, (byte)0, (byte)0));

    private static bool IsInside(int index, int x, int y, int radius)
    {
        int dx = x - 30 - index % 5 * 9,
            dy = y - 34 - index % 3 * 12;
        return dx * dx + dy * dy < radius * radius;
    }

    private static string Draw(Func<int, int, (byte Red, byte Green, byte Blue)> colour)
    {
        using MemoryStream file = new();
        PngFile.Write(
            file,
            Side,
            Side,
            (y, row) =>
            {
                for (int x = 0; x < Side; x++)
                    (row[3 * x], row[3 * x + 1], row[3 * x + 2]) = colour(x, y);
            }
        );
        return $"data:image/png;base64,{Convert.ToBase64String(file.ToArray())}";
    }
}
