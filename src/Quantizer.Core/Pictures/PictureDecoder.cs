using Quantizer.Graphs.Files;

namespace Quantizer.Pictures;

/// <summary>
/// Decodes JPEG, PNG, WebP, BMP and GIF (first frame) to the bytes that Pillow's <c>convert('RGB')</c> gives: no colour
/// management, alpha dropped, palettes and CMYK resolved, EXIF orientation not applied. 16-bit values lose their low byte.
/// </summary>
internal static class PictureDecoder
{
    /// <summary>Larger pictures are refused before a byte of them is decoded.</summary>
    public const long MaximumPixels = 100_000_000;

    /// <summary>Larger files are no calibration pictures.</summary>
    public const long MaximumFileBytes = 512L << 20;

    /// <summary>Most files are read in a few steps, and a header in one.</summary>
    private const int BufferBytes = 1 << 14;

    /// <summary>Opens a file as far as its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="BrokenPictureException">The file cannot be read, is no picture of a supported kind, or too large.</exception>
    public static OpenedPicture Open(string path, string name)
    {
        // Opening one would wait, or reading it never end.
        if (FileStatus.SpecialKindOf(path) is { } kind)
            throw new BrokenPictureException(name, $"it is {kind}, not a file");
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BrokenPictureException(name, $"the file cannot be read: {error.Message}", error);
        }
        return OpenedPicture.Of(file, name);
    }

    /// <summary>Opens and decodes a file; see <see cref="Open"/>.</summary>
    /// <exception cref="BrokenPictureException">As <see cref="Open"/>; or it is truncated or damaged.</exception>
    public static Pixels Decode(string path, string name)
    {
        using OpenedPicture picture = Open(path, name);
        return picture.Decode();
    }

    /// <summary>Decodes a picture held in memory; see <see cref="Decode(string, string)"/>.</summary>
    public static Pixels Decode(ReadOnlySpan<byte> file, string name)
    {
        using OpenedPicture picture = OpenedPicture.Of(new MemoryStream(file.ToArray()), name);
        return picture.Decode();
    }
}
