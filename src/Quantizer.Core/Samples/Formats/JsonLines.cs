using System.Text.Json;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Formats;

/// <summary>
/// JSON Lines: an object a line, with a number or an array, nested as deep as it has axes, for each input by its name, and perhaps a class
/// index `y`, `label` or `labels`.
/// </summary>
internal sealed class JsonLines : IRecordSource
{
    private readonly LineIndex _lines;
    private readonly FieldMatch _match;
    private readonly List<int?> _labels;

    private JsonLines(string path, LineIndex lines, FieldMatch match, List<int?> labels)
    {
        Path = path;
        _lines = lines;
        _match = match;
        _labels = labels;
    }

    public string Path { get; }

    public int Count => _lines.Count;

    public IReadOnlyList<string> Inputs => [.. _match.FieldOf.Keys];

    public IReadOnlyList<string> Unused => [.. _match.Unused.Select(name => $"'{name}'")];

    public IReadOnlyList<string> Notes => _match.Notes("key");

    // Text that is no UTF-8 is an InvalidOperationException to the library.

    /// <exception cref="QuantizationException">No line holds an object.</exception>
    public static JsonLines Open(string path, DataRequest request)
    {
        LineIndex lines = LineIndex.Open(path);
        try
        {
            FieldMatch match = request.Match(FirstNames(lines, path));
            JsonLines opened = new(path, lines, match, []);
            for (int line = 0; match.Label is not null && line < lines.Count; line++)
                opened._labels.Add(opened.ReadLabel(line));
            return opened;
        }
        catch
        {
            lines.Dispose();
            throw;
        }
    }

    public string NameOf(int index) => $"{System.IO.Path.GetFileName(Path)}:{_lines.NumberOf(index)}";

    public int? LabelOf(int index) => index < _labels.Count ? _labels[index] : null;

    public IReadOnlyList<RawArray> Load(int index)
    {
        Dictionary<string, RawArray> arrays = [];
        try
        {
            byte[] line = _lines.Read(index);
            Utf8JsonReader reader = new(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new QuantizationException("it is no JSON object");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                if (_match.FieldOf.FirstOrDefault(field => field.Value == name).Key is { } input)
                    arrays[input] = JsonArrays.Read(ref reader, input, name);
                else
                    reader.Skip();
            }
        }
        catch (Exception error) when (error is JsonException or QuantizationException or InvalidOperationException)
        {
            throw new BrokenSampleException(NameOf(index), error.Message.TrimEnd('.'), error);
        }
        if (_match.FieldOf.FirstOrDefault(field => !arrays.ContainsKey(field.Key)).Value is { } missing)
            throw new BrokenSampleException(NameOf(index), $"it has no '{missing}', which other lines have");
        return [.. arrays.Values];
    }

    public void Dispose() => _lines.Dispose();

    private static List<string> FirstNames(LineIndex lines, string path)
    {
        for (int line = 0; line < lines.Count; line++)
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(lines.Read(line));
                if (document.RootElement.ValueKind == JsonValueKind.Object)
                    return [.. document.RootElement.EnumerateObject().Select(property => property.Name).Distinct()];
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException)
            {
                // One broken line is one broken sample, told when it is its turn.
            }
        }
        throw new QuantizationException(
            $"The file '{path}' has no line that is a JSON object, such as {{\"input_ids\": [101, 102]}}. Expected one a line."
        );
    }

    private int? ReadLabel(int line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(_lines.Read(line));
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(_match.Label!, out JsonElement label)
                && label.ValueKind == JsonValueKind.Number
                && label.TryGetInt32(out int value)
                && value >= 0
                ? value
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
