using System.Globalization;

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
        foreach (string line in TruthFile.Lines(path, "labels file", "the labels"))
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
                    $"Labels file '{path}', line {number}: found '{TruthFile.Shortened(text)}', expected a picture's path below the data folder, a "
                        + $"tab or space, and its class index (0 or more)."
                );
            }

            string name = TruthFile.NameOf(text[..gap]);
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
}
