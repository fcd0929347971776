using Quantizer.Graphs.Files;
using Quantizer.Samples.Arrays;

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
            throw new QuantizationException($"The data path '{path}' does not exist. Give a folder of pictures, {ArrayFormats.Described}.");
        if (FileStatus.SpecialKindOf(path) is { } kind)
        {
            throw new QuantizationException(
                $"The data path '{path}' is {kind}, which cannot be read twice or may never end. Give a folder of pictures, "
                    + $"{ArrayFormats.Described}."
            );
        }

        if (ArrayFormats.For(path) is not null)
            return DataKind.Arrays;
        string advice = PictureKinds.IsReadable(path)
            ? "Give the folder that holds the pictures."
            : $"Give a folder of pictures, {ArrayFormats.Described}.";
        throw new QuantizationException($"The data path '{path}' is a file of kind '{Path.GetExtension(path)}'. {advice}");
    }
}
