using System.Text.Json;
using Quantizer.Graphs;

namespace Quantizer.Reporting;

/// <summary>
/// An inspection as JSON. Sizes of a shape are numbers, symbols are strings, unknown sizes null; a shape of unknown rank is null.
/// Operators are an object from type to number of nodes, most first.
/// </summary>
public static class JsonInspectionWriter
{
    /// <summary>Tells an inspection from other JSON that quantize writes.</summary>
    internal const string Kind = "inspection";

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    /// <summary>The text, without a last line feed.</summary>
    /// <param name="inspection">What a model holds.</param>
    public static string ToText(ModelInspection inspection)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Options))
            Write(inspection, writer);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(ModelInspection inspection, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("schema", QuantizationReport.CurrentSchema);
        writer.WriteString("kind", Kind);
        writer.WriteString("path", inspection.Path);
        writer.WriteNumber("fileBytes", inspection.FileBytes);
        writer.WriteString("producer", inspection.Producer);
        writer.WriteNumber("irVersion", inspection.IrVersion);
        writer.WriteNumber("opset", inspection.Opset);
        writer.WriteNumber("parameters", inspection.Parameters);
        WriteSignatures(writer, "inputs", inspection.Inputs);
        WriteSignatures(writer, "outputs", inspection.Outputs);
        writer.WriteStartObject("operators");
        foreach ((string type, int count) in inspection.OperatorCounts)
            writer.WriteNumber(type, count);
        writer.WriteEndObject();
        writer.WriteBoolean("isQuantized", inspection.IsQuantized);
        writer.WritePropertyName("macs");
        JsonSerializer.Serialize(writer, inspection.Macs, ReportJson.Default.NullableInt64);
        writer.WriteNumber("macsAtLeast", inspection.MacsAtLeast);
        writer.WritePropertyName("percentPlaced");
        JsonSerializer.Serialize(writer, inspection.PercentPlaced, ReportJson.Default.NullableDouble);
        writer.WritePropertyName("nodes");
        JsonSerializer.Serialize(writer, inspection.Nodes, ReportJson.Default.IReadOnlyListNodeReport);
        writer.WritePropertyName("findings");
        JsonSerializer.Serialize(writer, inspection.Findings, ReportJson.Default.IReadOnlyListFinding);
        writer.WriteEndObject();
    }

    private static void WriteSignatures(Utf8JsonWriter writer, string name, IReadOnlyList<TensorSignature> signatures)
    {
        writer.WriteStartArray(name);
        foreach (TensorSignature signature in signatures)
        {
            writer.WriteStartObject();
            writer.WriteString("name", signature.Name);
            writer.WriteString("type", signature.Type.ToString().ToLowerInvariant());
            WriteShape(writer, signature.Shape);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteShape(Utf8JsonWriter writer, IReadOnlyList<Dimension>? shape)
    {
        if (shape is null)
        {
            writer.WriteNull("shape");
            return;
        }
        writer.WriteStartArray("shape");
        foreach (Dimension dimension in shape)
        {
            if (dimension.Size is { } size)
                writer.WriteNumberValue(size);
            else
                writer.WriteStringValue(dimension.Symbol);
        }
        writer.WriteEndArray();
    }
}
