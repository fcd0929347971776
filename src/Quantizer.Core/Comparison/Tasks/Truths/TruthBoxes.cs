using System.Text.Json;
using Quantizer.Samples;

namespace Quantizer.Comparison.Tasks.Truths;

/// <summary>The right boxes: lines of {"file": "a.jpg", "box": [x1, y1, x2, y2], "label": 4}.</summary>
internal sealed class TruthBoxes
{
    private const string Form = "{\"file\": \"a.jpg\", \"box\": [x1, y1, x2, y2], \"label\": 0}";

    private readonly Dictionary<string, List<TruthBox>> _boxes;

    private TruthBoxes(Dictionary<string, List<TruthBox>> boxes) => _boxes = boxes;

    /// <summary>Those of a sample; a sample that the file does not name has none.</summary>
    public IReadOnlyList<TruthBox> Of(string sample) => _boxes.TryGetValue(sample, out List<TruthBox>? boxes) ? boxes : [];

    /// <exception cref="QuantizationException">It cannot be read, or a line is none of the form.</exception>
    public static TruthBoxes Read(string path)
    {
        Dictionary<string, List<TruthBox>> boxes = new(StringComparer.Ordinal);
        string[] lines = TruthFile.Lines(path, "boxes file");
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
                continue;
            try
            {
                using JsonDocument line = JsonDocument.Parse(lines[i]);
                string file = TruthFile.NameOf(
                    line.RootElement.GetProperty("file").GetString() ?? throw new FormatException("The file has a name.")
                );
                if (!boxes.TryGetValue(file, out List<TruthBox>? those))
                    boxes[file] = those = [];
                those.Add(BoxOf(line.RootElement));
            }
            catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new QuantizationException(
                    $"Boxes file '{path}', line {i + 1}: found '{TruthFile.Shortened(lines[i])}', expected {Form}.",
                    error
                );
            }
        }
        return new TruthBoxes(boxes);
    }

    private static TruthBox BoxOf(JsonElement line)
    {
        double[] corners = [.. line.GetProperty("box").EnumerateArray().Select(corner => corner.GetDouble())];
        return corners.Length == 4
            ? new TruthBox(corners[0], corners[1], corners[2], corners[3], line.GetProperty("label").GetInt32())
            : throw new FormatException("A box has four corners.");
    }
}
