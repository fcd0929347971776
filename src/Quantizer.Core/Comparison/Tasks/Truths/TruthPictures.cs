using Quantizer.Pictures;
using Quantizer.Samples;

namespace Quantizer.Comparison.Tasks.Truths;

/// <summary>The true pictures of a network that makes pictures, such as the sharp ones of blurred ones: named like the samples, of any
/// kind that is read.</summary>
internal sealed class TruthPictures
{
    private readonly Dictionary<string, string> _paths;

    private TruthPictures(Dictionary<string, string> paths) => _paths = paths;

    /// <exception cref="QuantizationException">There is no such folder, or no picture in it.</exception>
    public static TruthPictures Open(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new QuantizationException(
                $"The true pictures '{folder}' are no folder; one of pictures named like the data was expected."
            );
        }

        Dictionary<string, string> paths = new(StringComparer.Ordinal);
        foreach (string name in FolderWalk.List(folder).Files.Where(PictureKinds.IsReadable))
            paths.TryAdd(NameOf(name), Path.Combine(folder, name));
        return paths.Count > 0
            ? new TruthPictures(paths)
            : throw new QuantizationException($"The folder of true pictures '{folder}' holds none, named like the pictures of the data.");
    }

    public bool HasFor(string sample) => _paths.ContainsKey(NameOf(sample));

    /// <summary>Null where there is none for the sample.</summary>
    /// <param name="width">Of the picture that the model makes.</param>
    /// <exception cref="QuantizationException">It cannot be decoded, or has another size.</exception>
    public Pixels? Of(string sample, int width, int height, int channels)
    {
        if (!_paths.TryGetValue(NameOf(sample), out string? path))
            return null;
        using OpenedPicture picture = PictureDecoder.Open(path, path);
        Pixels decoded = picture.Decode();
        if ((decoded.Width, decoded.Height) != (width, height))
        {
            throw new QuantizationException(
                $"The true picture '{path}' has {decoded.Width}x{decoded.Height} pixels; the model makes {width}x{height}. Give pictures "
                    + $"of the size that the model makes."
            );
        }
        return channels == 1 ? decoded.ToGray() : decoded;
    }

    private static string NameOf(string sample) => Path.ChangeExtension(sample, null);
}
