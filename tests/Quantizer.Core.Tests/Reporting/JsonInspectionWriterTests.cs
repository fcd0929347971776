using System.Text.Json;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Reporting;

public sealed class JsonInspectionWriterTests
{
    [Fact]
    public void Shapes_tell_sizes_symbols_and_unknowns_apart()
    {
        using JsonDocument json = JsonDocument.Parse(JsonInspectionWriter.ToText(ExampleInspections.Classifier));

        JsonElement inputs = json.RootElement.GetProperty("inputs");
        Assert.Equal("""["N", 3, 32, null]""", Compact(inputs[0].GetProperty("shape")));
        Assert.Equal("float", inputs[0].GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Null, inputs[1].GetProperty("shape").ValueKind);
    }

    [Fact]
    public void Every_part_of_the_inspection_is_there()
    {
        using JsonDocument json = JsonDocument.Parse(JsonInspectionWriter.ToText(ExampleInspections.Classifier));
        JsonElement root = json.RootElement;

        Assert.Equal(
            [
                "schema",
                "kind",
                "path",
                "fileBytes",
                "producer",
                "irVersion",
                "opset",
                "parameters",
                "inputs",
                "outputs",
                "operators",
                "isQuantized",
                "macs",
                "macsAtLeast",
                "percentPlaced",
                "nodes",
                "findings",
            ],
            root.EnumerateObject().Select(property => property.Name)
        );
        Assert.Equal("""{"Conv": 21, "Relu": 19, "Softmax": 1}""", Compact(root.GetProperty("operators")));
        Assert.Equal(40_813_184, root.GetProperty("macs").GetInt64());
        Assert.Equal("Softmax", root.GetProperty("nodes")[1].GetProperty("opType").GetString());
        Assert.Equal("warning", root.GetProperty("findings")[0].GetProperty("severity").GetString());
    }

    [Fact]
    public void Unknown_work_is_null()
    {
        string text = JsonInspectionWriter.ToText(
            ExampleInspections.Classifier with
            {
                Macs = null,
                MacsAtLeast = 7,
                PercentPlaced = null,
            }
        );
        using JsonDocument json = JsonDocument.Parse(text);

        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("macs").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("percentPlaced").ValueKind);
        Assert.Equal(7, json.RootElement.GetProperty("macsAtLeast").GetInt64());
    }

    private static string Compact(JsonElement element) =>
        element
            .GetRawText()
            .ReplaceLineEndings("")
            .Replace("  ", "", StringComparison.Ordinal)
            .Replace(",\"", ", \"", StringComparison.Ordinal)
            .Replace(",3", ", 3", StringComparison.Ordinal)
            .Replace(",n", ", n", StringComparison.Ordinal);
}
