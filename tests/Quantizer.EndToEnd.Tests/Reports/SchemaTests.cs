using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Reports;

/// <summary>What is written as JSON is what its published schema says.</summary>
public sealed class SchemaTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _model;

    public SchemaTests() => _model = _workspace.Write("model.onnx", Networks.Classifier());

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("report")]
    [InlineData("inspection")]
    [InlineData("difference")]
    [InlineData("bench")]
    public void Published_schemas_are_those_of_the_records(string name) =>
        PublishedSchema.Equal($"{name}.schema.json", CommandLine.Run("schema", name).MustSucceed().Out);

    [Fact]
    public void A_report_of_every_kind_is_as_its_schema_says()
    {
        string data = _workspace.WriteSamples(16);
        (string int8, string first, string second) = (
            _workspace.PathOf("a.onnx"),
            _workspace.PathOf("a.json"),
            _workspace.PathOf("b.json")
        );
        Quantize("-o", int8, "--calib", data, "--report", first);
        Quantize("-o", _workspace.PathOf("b.onnx"), "--activations", "none", "--report", second);

        AssertFits("report", File.ReadAllText(first));
        AssertFits("report", File.ReadAllText(second));
        AssertFits("report", CommandLine.Run("compare", _model, int8, "--data", data, "--json").MustSucceed().Out);
        AssertFits("inspection", CommandLine.Run("inspect", _model, "--json").MustSucceed().Out);
        AssertFits("inspection", CommandLine.Run("inspect", int8, "--json").MustSucceed().Out);
        AssertFits("difference", CommandLine.Run("diff", first, second, "--json").MustSucceed().Out);
        AssertFits("difference", CommandLine.Run("diff", _model, int8, "--json").MustSucceed().Out);
        AssertFits("bench", CommandLine.Run("bench", _model, int8, "--seconds", "0.01", "--profile", "--json").MustSucceed().Out);
    }

    [Fact]
    public void Reports_of_every_shape_are_as_their_schema_says() =>
        Assert.All(
            [
                ExampleReports.Classifier,
                ExampleReports.Regressor,
                ExampleReports.Guessed,
                ExampleReports.Detector,
                ExampleReports.Unjudged,
                ExampleReports.Comparison,
                ExampleReports.Unpleasant,
            ],
            report => AssertFits("report", JsonReportWriter.ToText(report))
        );

    [Theory]
    [InlineData("schema", 2)]
    [InlineData("nodes", 3)]
    [InlineData("size", null)]
    public void A_schema_is_not_everything(string field, int? value)
    {
        JsonObject report = JsonNode.Parse(JsonReportWriter.ToText(ExampleReports.Classifier))!.AsObject();
        report[field] = value;

        Assert.False(SchemaOf("report").Evaluate(Element(report.ToJsonString())).IsValid);
    }

    [Fact]
    public void A_word_that_is_none_and_a_text_in_the_place_of_a_number_are_refused()
    {
        string report = JsonReportWriter.ToText(ExampleReports.Classifier);

        Assert.False(IsValid(report.Replace("\"decision\": \"int8\"", "\"decision\": \"int9\"", StringComparison.Ordinal)));
        Assert.False(
            IsValid(report.Replace("\"scale\": [\n        0.018657", "\"scale\": [\n        \"0.018657\"", StringComparison.Ordinal))
        );

        bool IsValid(string changed)
        {
            Assert.NotEqual(report, changed);
            return SchemaOf("report").Evaluate(Element(changed)).IsValid;
        }
    }

    [Theory]
    [InlineData("""{ "model": "m.onnx", "calib": ["a", "b"], "scale": "1/255", "mean": [0.5], "method": "percentile:99.9" }""", true)]
    [InlineData("""{ "model": "m.onnx", "sampels": 3 }""", false)]
    [InlineData("""{ "samples": 0 }""", false)]
    [InlineData("""{ "method": "percentil" }""", false)]
    [InlineData("""{ "channels": "bgrr" }""", false)]
    public void Configurations_are_checked_by_theirs(string configuration, bool isValid) =>
        Assert.Equal(isValid, SchemaOf("quantize").Evaluate(Element(configuration)).IsValid);

    private void Quantize(params string[] flags) => CommandLine.Run([_model, "--quiet", "--no-floor", .. flags]);

    private static void AssertFits(string schema, string json)
    {
        EvaluationResults results = SchemaOf(schema).Evaluate(Element(json), new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(
            results.IsValid,
            string.Join(
                '\n',
                (results.Details ?? [])
                    .Where(detail => detail.Errors is not null)
                    .Select(detail => $"{detail.InstanceLocation}: {string.Join(' ', detail.Errors!.Values)}")
            )
        );
    }

    private static JsonSchema SchemaOf(string name) => JsonSchema.FromText(File.ReadAllText(PublishedSchema.PathOf($"{name}.schema.json")));

    private static JsonElement Element(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
