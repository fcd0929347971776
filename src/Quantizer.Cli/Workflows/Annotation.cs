namespace Quantizer.Cli.Workflows;

/// <summary>A line that GitHub's runner takes for an error or a warning, wherever in the output it stands.</summary>
internal static class Annotation
{
    /// <param name="file">Null: of no file.</param>
    public static string Of(bool isError, string? file, string title, string message)
    {
        string place = file is null ? "" : $"file={Property(file)},";
        return $"::{(isError ? "error" : "warning")} {place}title={Property(title)}::{Data(message)}";
    }

    /// <summary>The message ends with the line.</summary>
    private static string Data(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    /// <summary>A property ends with a comma or a colon, too.</summary>
    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
