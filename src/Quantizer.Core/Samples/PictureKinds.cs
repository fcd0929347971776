namespace Quantizer.Samples;

/// <summary>Which files of a folder are pictures, by their names' endings.</summary>
internal static class PictureKinds
{
    private static readonly HashSet<string> Readable = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg",
        ".jpeg",
        ".jpe",
        ".jfif",
        ".png",
        ".webp",
        ".bmp",
        ".dib",
        ".gif",
    };

    private static readonly HashSet<string> Unreadable = new(StringComparer.OrdinalIgnoreCase)
    {
        ".tif",
        ".tiff",
        ".jp2",
        ".j2k",
        ".jpx",
        ".heic",
        ".heif",
        ".avif",
        ".jxl",
        ".ppm",
        ".pgm",
        ".pbm",
        ".pnm",
        ".tga",
        ".psd",
        ".ico",
        ".svg",
        ".dng",
        ".cr2",
        ".nef",
        ".arw",
        ".exr",
        ".hdr",
        ".dcm",
    };

    /// <summary>A picture of whatever kind.</summary>
    public static bool IsPicture(string fileName) => IsReadable(fileName) || IsUnreadable(fileName);

    public static bool IsReadable(string fileName) => Readable.Contains(Path.GetExtension(fileName));

    /// <summary>A picture, but of a kind that is not decoded: left out by name, never silently.</summary>
    public static bool IsUnreadable(string fileName) => Unreadable.Contains(Path.GetExtension(fileName));
}
