using System.Text.Json;
using System.Text.Json.Serialization;
using Quantizer.Choices;

namespace Quantizer.Reporting.Converters;

/// <summary>A choice as its word.</summary>
internal abstract class WordConverter<T>(WordTable<T> table) : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        table.TryParse(reader.GetString(), out T value)
            ? value
            : throw new JsonException($"'{reader.GetString()}' is none of {string.Join(", ", table.Words)}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(table.WordOf(value));
}
