using System.CommandLine;
using System.Text;
using System.Text.Json;

namespace Quantizer.Cli.Configurations;

/// <summary>The JSON Schema of a command's configuration file, from the same options as its help page.</summary>
internal static class ConfigurationSchema
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        // It is read by people, and lies in no web page.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text, without a last line feed.</summary>
    public static string Of(Command command)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Options))
            Write(command, writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Command command, Utf8JsonWriter writer)
    {
        string name = command is RootCommand ? "quantize" : $"quantize {command.Name}";
        writer.WriteStartObject();
        writer.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
        writer.WriteString("title", $"Configuration of {name}");
        writer.WriteString(
            "description",
            $"{command.Description} What '{name} {ConfigurationFile.Name} FILE' reads; relative paths begin at the file's folder."
        );
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        writer.WriteStartObject("$schema");
        writer.WriteString("type", "string");
        writer.WriteEndObject();
        foreach (ConfigurationField field in ConfigurationFile.FieldsOf(command))
        {
            writer.WriteStartObject(field.Name);
            writer.WriteString("description", field.Description);
            WriteKind(field, writer);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        writer.WriteBoolean("additionalProperties", false);
        writer.WriteEndObject();
    }

    private static void WriteKind(ConfigurationField field, Utf8JsonWriter writer)
    {
        switch (field.Kind)
        {
            case FieldKind.Switch:
                writer.WriteString("type", "boolean");
                break;
            case FieldKind.Whole:
                writer.WriteString("type", "integer");
                // Asked of the option itself: it takes zero or begins at one.
                writer.WriteNumber("minimum", field.Complaint("0") is null ? 0 : 1);
                break;
            case FieldKind.Number:
                WriteTypes(writer, "number", "string");
                break;
            case FieldKind.Numbers:
                WriteTypes(writer, "array", "string");
                WriteItems(writer, "number");
                break;
            case FieldKind.Texts:
                WriteTypes(writer, "string", "array");
                writer.WriteNumber("minLength", 1);
                WriteItems(writer, "string");
                break;
            default:
                writer.WriteString("type", "string");
                if (field.Words is { Count: > 0 } words)
                    WriteWords(field, words, writer);
                else
                    writer.WriteNumber("minLength", 1);
                break;
        }
    }

    /// <summary>A word may take a parameter behind a colon, as "percentile:99.9" does.</summary>
    private static void WriteWords(ConfigurationField field, IReadOnlyList<string> words, Utf8JsonWriter writer)
    {
        string[] open = [.. words.Where(word => field.Complaint($"{word}:50") is null)];
        if (open.Length > 0)
        {
            writer.WriteString("pattern", $"^({string.Join('|', words)}|({string.Join('|', open)}):.+)$");
            writer.WriteStartArray("examples");
        }
        else
        {
            writer.WriteStartArray("enum");
        }
        foreach (string word in words)
            writer.WriteStringValue(word);
        writer.WriteEndArray();
    }

    private static void WriteTypes(Utf8JsonWriter writer, params string[] types)
    {
        writer.WriteStartArray("type");
        foreach (string type in types)
            writer.WriteStringValue(type);
        writer.WriteEndArray();
    }

    private static void WriteItems(Utf8JsonWriter writer, string type)
    {
        writer.WriteStartObject("items");
        writer.WriteString("type", type);
        writer.WriteEndObject();
    }
}
