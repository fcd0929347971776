using Quantizer.Samples;

namespace Quantizer.Comparison.Tasks.Truths;

/// <summary>The right texts: lines of "relative/path TAB text".</summary>
internal sealed class TruthLines
{
    private readonly Dictionary<string, string> _texts;

    private TruthLines(Dictionary<string, string> texts) => _texts = texts;

    /// <summary>Null where the file names no text for the sample.</summary>
    public string? Of(string sample) => _texts.GetValueOrDefault(sample);

    /// <exception cref="QuantizationException">It cannot be read, or a line is none of the form.</exception>
    public static TruthLines Read(string path)
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        string[] lines = TruthFile.Lines(path, "labels file");
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]) || lines[i].StartsWith('#'))
                continue;
            int gap = lines[i].IndexOf('\t', StringComparison.Ordinal);
            if (gap <= 0)
            {
                throw new QuantizationException(
                    $"Labels file '{path}', line {i + 1}: found '{TruthFile.Shortened(lines[i])}', expected a picture's path below "
                        + $"the data folder, a tab, and its text."
                );
            }

            texts[TruthFile.NameOf(lines[i][..gap])] = lines[i][(gap + 1)..];
        }
        return new TruthLines(texts);
    }
}
