using Quantizer.Graphs.Files;
using Quantizer.Samples.Formats;

namespace Quantizer.Samples;

/// <summary>Where data lie, and for which input they are.</summary>
/// <param name="Input">Null: for all inputs that they name.</param>
internal sealed record DataPath(string? Input, string Path)
{
    private static string Expected => $"Give a folder of pictures or data files, or a {DataFormats.Endings} file";

    /// <param name="text">A path, or INPUT=PATH. Paths may hold '=' too: it is one only behind the name of an input.</param>
    public static DataPath Of(string text, IEnumerable<string> inputs) =>
        inputs
            .Where(input => text.Length > input.Length && text[input.Length] == '=' && text.StartsWith(input, StringComparison.Ordinal))
            .MaxBy(input => input.Length)
            is { } named
            ? new DataPath(named, text[(named.Length + 1)..])
            : new DataPath(null, text);

    /// <exception cref="QuantizationException">Nothing is there, or a file of another kind.</exception>
    public DataKind Kind
    {
        get
        {
            if (Directory.Exists(Path))
                return FolderWalk.List(Path).Files.Any(PictureKinds.IsPicture) ? DataKind.Pictures : DataKind.Folder;
            if (!File.Exists(Path))
                throw new QuantizationException($"The data path '{Path}' does not exist. {Expected}.{Misnamed}");
            if (FileStatus.SpecialKindOf(Path) is { } kind)
            {
                throw new QuantizationException(
                    $"The data path '{Path}' is {kind}, which cannot be read twice or may never end. {Expected}."
                );
            }
            if (DataFormats.Has(Path))
                return DataKind.File;
            string advice = PictureKinds.IsReadable(Path) ? "Give the folder that holds the pictures" : Expected;
            throw new QuantizationException($"The data path '{Path}' is a file of kind '{System.IO.Path.GetExtension(Path)}'. {advice}.");
        }
    }

    /// <summary>A name before the path that no input has.</summary>
    private string Misnamed =>
        Input is null && Path.IndexOf('=') is > 0 and int at && (File.Exists(Path[(at + 1)..]) || Directory.Exists(Path[(at + 1)..]))
            ? $" '{Path[..at]}' is no input of the model."
            : "";
}
