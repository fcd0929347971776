using Quantizer.Graphs.Files;

namespace Quantizer.Samples;

/// <summary>Tells what lies at a data path.</summary>
internal static class DataPath
{
    /// <exception cref="QuantizationException">Nothing is there, or a file of another kind.</exception>
    public static DataKind KindOf(string path)
    {
        if (Directory.Exists(path))
            return DataKind.Pictures;
        if (!File.Exists(path))
            throw new QuantizationException($"The data path '{path}' does not exist. Give a folder of pictures, an .npz or an .npy file.");
        if (FileStatus.SpecialKindOf(path) is { } kind)
        {
            throw new QuantizationException(
                $"The data path '{path}' is {kind}, which cannot be read twice or may never end. Give a folder of pictures, an .npz or an "
                    + $".npy file."
            );
        }

        string ending = Path.GetExtension(path);
        if (ending.Equals(".npz", StringComparison.OrdinalIgnoreCase) || ending.Equals(".npy", StringComparison.OrdinalIgnoreCase))
            return DataKind.Arrays;
        string advice = PictureKinds.IsReadable(path)
            ? "Give the folder that holds the pictures."
            : "Give a folder of pictures, an .npz or an .npy file.";
        throw new QuantizationException($"The data path '{path}' is a file of kind '{ending}'. {advice}");
    }
}
