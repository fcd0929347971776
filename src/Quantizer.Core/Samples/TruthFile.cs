using Quantizer.Graphs.Files;

namespace Quantizer.Samples;

/// <summary>Text files of right answers.</summary>
internal static class TruthFile
{
    /// <param name="what">What messages call the file: "boxes file".</param>
    /// <param name="content">What they call that which belongs into a text file.</param>
    /// <exception cref="QuantizationException">It cannot be read.</exception>
    public static string[] Lines(string path, string what, string content = "it")
    {
        // A device may never end, and a pipe could be read once only.
        if (FileStatus.SpecialKindOf(path) is { } kind)
            throw new QuantizationException($"The {what} '{path}' is {kind}; a text file was expected. Save {content} in one.");
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QuantizationException($"The {what} '{path}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>For messages.</summary>
    public static string Shortened(string text) => text.Length <= 80 ? text : $"{text[..80]}...";

    /// <summary>As samples are named: below the data folder, with slashes.</summary>
    public static string NameOf(string text)
    {
        string path = text.Trim().Replace('\\', '/');
        return path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
    }
}
