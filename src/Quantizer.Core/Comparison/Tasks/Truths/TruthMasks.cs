using Quantizer.Pictures;

namespace Quantizer.Comparison.Tasks.Truths;

/// <summary>The right classes of pixels: PNG pictures named like the samples, a pixel's (first) value being its class.</summary>
internal sealed class TruthMasks
{
    private readonly string _folder;

    private TruthMasks(string folder) => _folder = folder;

    /// <exception cref="QuantizationException">There is no such folder, or no PNG in it.</exception>
    public static TruthMasks Open(string folder)
    {
        if (!Directory.Exists(folder))
            throw new QuantizationException($"The masks '{folder}' are no folder; one of PNG pictures named like the data was expected.");
        if (!Directory.EnumerateFiles(folder, "*.png", SearchOption.AllDirectories).Any())
            throw new QuantizationException($"The folder of masks '{folder}' holds no .png picture, named like the pictures of the data.");
        return new TruthMasks(folder);
    }

    public bool HasFor(string sample) => File.Exists(PathOf(sample));

    /// <summary>Null where there is no mask for the sample.</summary>
    /// <param name="pixels">How many the model gives.</param>
    /// <exception cref="QuantizationException">It cannot be decoded, or has another number of pixels.</exception>
    public byte[]? Of(string sample, int pixels)
    {
        if (!HasFor(sample))
            return null;
        string path = PathOf(sample);
        using OpenedPicture picture = PictureDecoder.Open(path, path);
        Pixels decoded = picture.Decode();
        return decoded.Width * decoded.Height == pixels
            ? [.. Enumerable.Range(0, pixels).Select(pixel => decoded.Data[pixel * decoded.Channels])]
            : throw new QuantizationException(
                $"The mask '{path}' has {decoded.Width}x{decoded.Height} pixels; the model gives {pixels}. Resize the masks to the size "
                    + $"of the model's output, without mixing values."
            );
    }

    private string PathOf(string sample) => Path.Combine(_folder, Path.ChangeExtension(sample, ".png"));
}
