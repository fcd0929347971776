namespace Quantizer.Samples.Arrays;

/// <summary>The kinds of files that hold arrays, by their endings: a row each. Commands, help and messages take them from here.</summary>
internal static class ArrayFormats
{
    private static readonly (string Ending, Func<string, ArrayFile> Open)[] All = [(".npz", NpzFile.Open), (".npy", NpyFile.Open)];

    /// <summary>".npz or .npy".</summary>
    public static string Endings { get; } = string.Join(" or ", All.Select(format => format.Ending));

    /// <summary>"an .npz or an .npy file".</summary>
    public static string Described { get; } = string.Join(" or ", All.Select(format => $"an {format.Ending}")) + " file";

    /// <summary>What opens a file, by its ending in whatever case; null when no format has it.</summary>
    public static Func<string, ArrayFile>? For(string path) =>
        All.FirstOrDefault(format => format.Ending.Equals(Path.GetExtension(path), StringComparison.OrdinalIgnoreCase)).Open;
}
