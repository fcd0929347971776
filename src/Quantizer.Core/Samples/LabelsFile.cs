using System.Globalization;
using Quantizer.Graphs.Files;

namespace Quantizer.Samples;

/// <summary>A text file that gives pictures their classes: lines of "relative/path index", parted by a tab or a space; '#' begins a
/// remark.</summary>
internal static class LabelsFile
{
    /// <summary>Class index by picture name.</summary>
    /// <exception cref="QuantizationException">The file cannot be read, or a line is none of the form.</exception>
    public static IReadOnlyDictionary<string, int> Read(string path)
    {
        Dictionary<string, int> labels = new(StringComparer.Ordinal);
        int number = 0;
        foreach (string line in Lines(path))
        {
            number++;
            string text = line.Trim();
            if (text.Length == 0 || text[0] == '#')
                continue;
            // The last gap parts them: names may hold spaces.
            int gap = text.LastIndexOfAny([' ', '\t']);
            if (gap < 0 || !int.TryParse(text.AsSpan(gap + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int label))
            {
                throw new QuantizationException(
                    $"Labels file '{path}', line {number}: found '{Shortened(text)}', expected a picture's path below the data folder, a "
                        + $"tab or space, and its class index (0 or more)."
                );
            }

            string name = Normalized(text[..gap]);
            if (labels.TryGetValue(name, out int other) && other != label)
            {
                throw new QuantizationException(
                    $"Labels file '{path}', line {number}: '{name}' has class {label} here and class {other} further up. Remove one of "
                        + $"the lines."
                );
            }

            labels[name] = label;
        }
        return labels;
    }

    private static string Normalized(string name)
    {
        string path = name.Trim().Replace('\\', '/');
        return path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
    }

    private static string Shortened(string text) => text.Length <= 80 ? text : $"{text[..80]}...";

    private static IEnumerable<string> Lines(string path)
    {
        // A device may never end, and a pipe could be read once only.
        if (FileStatus.SpecialKindOf(path) is { } kind)
            throw new QuantizationException($"The labels file '{path}' is {kind}; a text file was expected. Save the labels in one.");
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QuantizationException($"The labels file '{path}' cannot be read: {error.Message}", error);
        }
    }
}
