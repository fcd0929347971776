using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Quantizer.Comparison.Tasks;
using Quantizer.Findings;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Reporting.Converters;

namespace Quantizer.Reporting;

/// <summary>The JSON Schemas of what quantize writes, from the records that it is written from.</summary>
internal static class ReportSchema
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        // It is read by people, and lies in no web page.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Dictionary<Type, IReadOnlyList<string>> Words = new()
    {
        [typeof(FindingSeverity)] = SeverityWords.Table.Words,
        [typeof(NodeDecision)] = ReportWords.Decisions.Words,
        [typeof(ChoiceGround)] = GroundWords.Table.Words,
        [typeof(TaskKind)] = TaskTable.Words.Words,
        [typeof(FigureUnit)] = ReportWords.Units.Words,
        [typeof(FloorOutcome)] = FloorConverter.Words.Words,
    };

    private static readonly Dictionary<string, Func<JsonObject>> Schemas = new()
    {
        ["report"] = () => Of(ReportJson.Default.QuantizationReport, "Report of a quantization or a comparison"),
        ["inspection"] = Inspection,
        ["difference"] = () => Of(ReportJson.Default.ReportDifference, "What changed between two reports or models"),
        ["bench"] = () => Of(ReportJson.Default.BenchReport, "How fast one or two models are"),
    };

    /// <summary>What there are schemas of.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Schemas.Keys];

    /// <summary>The text, without a last line feed.</summary>
    public static string Text(string name)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Options))
            Schemas[name]().WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static JsonObject Of(JsonTypeInfo type, string title)
    {
        JsonObject schema = Begin(title);
        foreach ((string name, JsonNode? part) in Exported(type))
            schema[name] = part?.DeepClone();
        schema["properties"]!["schema"] = Version();
        if (schema["properties"]!["kind"] is not null)
            schema["properties"]!["kind"] = new JsonObject { ["type"] = "string" };
        return schema;
    }

    private static JsonObject Begin(string title) =>
        new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = title,
            ["description"] = "Fields may be added; 'schema' is raised when one changes its meaning. A number that is not finite is null.",
        };

    private static JsonObject Version() => new() { ["const"] = QuantizationReport.CurrentSchema };

    /// <summary>An inspection is written by hand, operators as an object.</summary>
    private static JsonObject Inspection()
    {
        JsonObject schema = Begin("Description of a model");
        schema["type"] = "object";
        schema["properties"] = new JsonObject
        {
            ["schema"] = Version(),
            ["kind"] = new JsonObject { ["const"] = JsonInspectionWriter.Kind },
            ["path"] = TypeOf("string"),
            ["fileBytes"] = TypeOf("integer"),
            ["producer"] = TypeOf("string"),
            ["irVersion"] = TypeOf("integer"),
            ["opset"] = TypeOf("integer"),
            ["parameters"] = TypeOf("integer"),
            ["inputs"] = Signatures(),
            ["outputs"] = Signatures(),
            ["operators"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = TypeOf("integer") },
            ["isQuantized"] = TypeOf("boolean"),
            ["macs"] = TypeOf("integer", "null"),
            ["macsAtLeast"] = TypeOf("integer"),
            ["percentPlaced"] = TypeOf("number", "null"),
            ["target"] = TypeOf("string"),
            ["shapes"] = new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = new JsonObject { ["type"] = "array", ["items"] = TypeOf("integer") },
            },
            ["operatorMacs"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = TypeOf("integer") },
            ["expected"] = OrNull(ReportJson.Default.ExpectedModel),
            ["activations"] = OrNull(ReportJson.Default.ActivationPeak),
            ["latency"] = OrNull(ReportJson.Default.LatencyReport),
            ["nodes"] = Exported(ReportJson.Default.IReadOnlyListNodeReport),
            ["costs"] = Exported(ReportJson.Default.IReadOnlyListNodeCost),
            ["findings"] = Exported(ReportJson.Default.IReadOnlyListFinding),
        };
        // What older versions did not write yet is not required.
        schema["required"] = new JsonArray([
            .. schema["properties"]!
                .AsObject()
                .Select(property => property.Key)
                .Except(["kind", "target", "shapes", "operatorMacs", "expected", "activations", "latency", "costs"])
                .Select(name => (JsonNode)name),
        ]);
        return schema;
    }

    private static JsonObject Signatures() =>
        new()
        {
            ["type"] = "array",
            ["items"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["name"] = TypeOf("string"),
                    ["type"] = TypeOf("string"),
                    ["shape"] = new JsonObject
                    {
                        ["type"] = new JsonArray("array", "null"),
                        ["items"] = TypeOf("integer", "string", "null"),
                    },
                },
                ["required"] = new JsonArray("name", "type", "shape"),
            },
        };

    private static JsonObject TypeOf(params string[] types) =>
        new() { ["type"] = types.Length == 1 ? (JsonNode)types[0] : new JsonArray([.. types.Select(type => (JsonNode)type)]) };

    private static JsonObject OrNull(JsonTypeInfo type)
    {
        JsonObject schema = Exported(type);
        schema["type"] = new JsonArray("object", "null");
        return schema;
    }

    private static JsonObject Exported(JsonTypeInfo type) =>
        JsonSchemaExporter
            .GetJsonSchemaAsNode(
                type,
                new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = OwnWords }
            )
            .AsObject();

    /// <summary>What our own converters write the exporter cannot know.</summary>
    private static JsonNode OwnWords(JsonSchemaExporterContext context, JsonNode schema)
    {
        Type type = context.TypeInfo.Type;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            type = underlying;
        if (IsNumber(type))
            return TypeOf("number", "null");
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Enumerable && IsNumber(context.TypeInfo.ElementType) && schema is JsonObject numbers)
            numbers["items"] = TypeOf("number", "null");
        if (!Words.TryGetValue(type, out IReadOnlyList<string>? words))
            return schema;
        JsonArray all = [.. words.Select(word => (JsonNode)word)];
        if (type != context.TypeInfo.Type)
            all.Add(null);
        return new JsonObject { ["enum"] = all };
    }

    private static bool IsNumber(Type? type) => type == typeof(double) || type == typeof(float);
}
