using System.Text;
using System.Text.Json;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Reporting;

public sealed class JsonReportWriterTests
{
    [Fact]
    public void What_was_not_judged_is_null_and_every_form_has_a_word()
    {
        using JsonDocument json = Parse(ExampleReports.Unjudged);
        JsonElement root = json.RootElement;

        Assert.All(["task", "accuracy", "latency"], name => Assert.Equal(JsonValueKind.Null, root.GetProperty(name).ValueKind));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("data").GetProperty("evaluation").ValueKind);
        Assert.Equal(
            ["dynamic", "stored", "float"],
            root.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("decision").GetString())
        );
    }

    [Fact]
    public void Every_name_of_the_schema_is_there_and_no_other()
    {
        using JsonDocument json = Parse(ExampleReports.Classifier);
        JsonElement root = json.RootElement;

        AssertNames(
            root,
            "schema",
            "tool",
            "model",
            "options",
            "preprocessing",
            "data",
            "task",
            "floor",
            "slowNodes",
            "tried",
            "limits",
            "accuracy",
            "outputs",
            "latency",
            "size",
            "integer",
            "nodes",
            "tensors",
            "biasCorrection",
            "timing",
            "findings"
        );
        using JsonDocument limited = Parse(ExampleReports.Limited);
        JsonElement missed = limited.RootElement.GetProperty("limits")[1];
        AssertNames(missed, "name", "figure", "limit", "value", "unit", "outcome", "message");
        Assert.Equal("missed", missed.GetProperty("outcome").GetString());
        using JsonDocument small = Parse(SampleReports.Small);
        JsonElement tried = small.RootElement.GetProperty("tried");
        AssertNames(tried[0], "choice", "candidate", "sqnrDb", "samples", "taken");
        AssertNames(tried[2], "choice", "candidate", "sqnrDb", "samples", "taken", "beforeDb");
        AssertNames(tried[4], "choice", "candidate", "sqnrDb", "samples", "taken", "speedup");
        using JsonDocument detector = Parse(ExampleReports.Detector);
        JsonElement floor = detector.RootElement.GetProperty("floor");
        AssertNames(floor, "before", "outcome", "nodes", "steps", "timeIsUp", "unstored");
        AssertNames(floor.GetProperty("steps")[0], "nodes", "outcome", "headline", "meetsFloor");
        Assert.Equal("partly-float", floor.GetProperty("outcome").GetString());
        AssertNames(root.GetProperty("tool"), "name", "version", "onnxRuntime");
        AssertNames(root.GetProperty("model"), "path", "output", "sha256", "opset", "parameters");
        AssertNames(
            root.GetProperty("preprocessing"),
            "preset",
            "mean",
            "std",
            "scale",
            "channels",
            "resize",
            "interpolation",
            "layout",
            "size",
            "chosenBy",
            "score",
            "runnerUp",
            "runnerUpScore",
            "flags",
            "guessed"
        );
        AssertNames(root.GetProperty("data"), "calibration", "evaluation");
        AssertNames(root.GetProperty("data").GetProperty("calibration"), "samples", "skipped");
        AssertNames(root.GetProperty("data").GetProperty("calibration").GetProperty("skipped")[0], "file", "reason");
        AssertNames(root.GetProperty("data").GetProperty("evaluation"), "samples", "labelled", "heldOut", "skipped");
        AssertNames(root.GetProperty("accuracy"), "top1", "top5", "agreement", "guessedPreparation");
        AssertNames(root.GetProperty("accuracy").GetProperty("top1"), "fp32", "int8");
        AssertNames(root.GetProperty("accuracy").GetProperty("top5"), "fp32", "int8");
        AssertNames(
            root.GetProperty("task"),
            "kind",
            "why",
            "headline",
            "floor",
            "meetsFloor",
            "figures",
            "guessedPreparation",
            "certainty"
        );
        AssertNames(root.GetProperty("task").GetProperty("certainty"), "samples", "low", "high", "againstTruth");
        AssertNames(
            root.GetProperty("task").GetProperty("certainty").GetProperty("againstTruth"),
            "labelled",
            "rightToWrong",
            "wrongToRight",
            "wrongToWrong",
            "pValue"
        );
        AssertNames(root.GetProperty("task").GetProperty("headline"), "name", "unit", "fp32", "int8", "between");
        AssertNames(
            root.GetProperty("outputs")[0],
            "name",
            "sqnrDb",
            "cosine",
            "allButZero",
            "guessedPreparation",
            "medianDb",
            "worstTenthDb",
            "parts"
        );
        AssertNames(root.GetProperty("latency"), "threads", "fp32Ms", "int8Ms", "speedup", "spread");
        AssertNames(root.GetProperty("size"), "fp32Bytes", "int8Bytes");
        AssertNames(root.GetProperty("integer"), "percentPlaced", "percentInteger");
        AssertNames(root.GetProperty("nodes")[0], "name", "opType", "decision", "reason", "kernel");
        AssertNames(root.GetProperty("tensors")[0], "name", "min", "max", "scale", "zeroPoint", "type", "method", "sqnrDb");
        AssertNames(
            root.GetProperty("timing"),
            "decodeMs",
            "inferenceMs",
            "statisticsMs",
            "searchMs",
            "rewriteMs",
            "verifyMs",
            "totalMs",
            "peakMemoryBytes",
            "correctionMs",
            "stages"
        );
        AssertNames(root.GetProperty("timing").GetProperty("stages")[0], "stage", "milliseconds");
        AssertNames(root.GetProperty("biasCorrection"), "taken", "layers", "roundedLayers", "samples", "heldOut", "beforeDb", "afterDb");
        AssertNames(root.GetProperty("findings")[0], "severity", "subject", "message", "remedy", "code");
    }

    [Fact]
    public void A_task_is_told_by_its_word_and_each_figure_with_its_unit()
    {
        using JsonDocument json = Parse(ExampleReports.Detector);
        JsonElement task = json.RootElement.GetProperty("task");

        Assert.Equal("boxes", task.GetProperty("kind").GetString());
        Assert.Equal("ratio", task.GetProperty("headline").GetProperty("unit").GetString());
        Assert.Equal(0.99996, task.GetProperty("headline").GetProperty("between").GetDouble());
        Assert.Equal("count", task.GetProperty("figures")[1].GetProperty("unit").GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("accuracy").ValueKind);
        Assert.Equal("scores", json.RootElement.GetProperty("outputs")[0].GetProperty("parts")[1].GetProperty("name").GetString());
    }

    [Fact]
    public void Values_keep_their_type_and_place()
    {
        using JsonDocument json = Parse(ExampleReports.Classifier);
        JsonElement root = json.RootElement;

        Assert.Equal(1, root.GetProperty("schema").GetInt32());
        Assert.Equal(91.65, root.GetProperty("accuracy").GetProperty("top1").GetProperty("fp32").GetDouble());
        Assert.Equal(91.6, root.GetProperty("accuracy").GetProperty("top1").GetProperty("int8").GetDouble());
        Assert.Equal(34.21, root.GetProperty("outputs")[0].GetProperty("sqnrDb").GetDouble());
        Assert.Equal(1_103_442, root.GetProperty("size").GetProperty("fp32Bytes").GetInt64());
        Assert.True(root.GetProperty("data").GetProperty("evaluation").GetProperty("heldOut").GetBoolean());
        Assert.Equal("/head|1/*", root.GetProperty("options").GetProperty("exclude").GetString());
        Assert.Equal(
            [0.0012f, 0.0071f, 0.0044f],
            root.GetProperty("tensors")[2].GetProperty("scale").EnumerateArray().Select(value => value.GetSingle())
        );
    }

    [Fact]
    public void Every_accuracy_figure_says_whether_it_rests_on_a_guessed_preparation()
    {
        foreach (
            (QuantizationReport report, bool isGuessed) in new[] { (ExampleReports.Classifier, false), (ExampleReports.Guessed, true) }
        )
        {
            using JsonDocument json = Parse(report);

            Assert.Equal(isGuessed, json.RootElement.GetProperty("preprocessing").GetProperty("guessed").GetBoolean());
            Assert.Equal(isGuessed, json.RootElement.GetProperty("accuracy").GetProperty("guessedPreparation").GetBoolean());
            Assert.All(
                json.RootElement.GetProperty("outputs").EnumerateArray(),
                output => Assert.Equal(isGuessed, output.GetProperty("guessedPreparation").GetBoolean())
            );
        }
    }

    [Fact]
    public void Missing_parts_and_numbers_that_are_not_finite_are_null()
    {
        using JsonDocument regressor = Parse(ExampleReports.Regressor);
        Assert.Equal(JsonValueKind.Null, regressor.RootElement.GetProperty("accuracy").ValueKind);
        Assert.Equal(JsonValueKind.Null, regressor.RootElement.GetProperty("preprocessing").ValueKind);
        Assert.Equal(JsonValueKind.Null, regressor.RootElement.GetProperty("outputs")[1].GetProperty("sqnrDb").ValueKind);

        using JsonDocument json = Parse(ExampleReports.Unpleasant);
        JsonElement output = json.RootElement.GetProperty("outputs")[0];
        Assert.Equal(JsonValueKind.Null, output.GetProperty("sqnrDb").ValueKind);
        Assert.Equal(JsonValueKind.Null, output.GetProperty("cosine").ValueKind);
        JsonElement tensor = json.RootElement.GetProperty("tensors")[0];
        Assert.Equal(JsonValueKind.Null, tensor.GetProperty("min").ValueKind);
        Assert.Equal(JsonValueKind.Null, tensor.GetProperty("scale")[0].ValueKind);
        Assert.Equal("new\nline", tensor.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData(nameof(ExampleReports.Classifier))]
    [InlineData(nameof(ExampleReports.Regressor))]
    [InlineData(nameof(ExampleReports.Comparison))]
    [InlineData(nameof(ExampleReports.Unpleasant))]
    public void A_report_read_back_writes_the_same_text(string name)
    {
        string text = JsonReportWriter.ToText(Example(name));

        QuantizationReport read = JsonSerializer.Deserialize(text, ReportJson.Default.QuantizationReport)!;
        Assert.Equal(text, JsonReportWriter.ToText(read));
    }

    [Fact]
    public void The_file_is_the_text_and_one_line_feed_without_a_byte_order_mark()
    {
        using MemoryStream stream = new();
        new JsonReportWriter().Write(ExampleReports.Classifier, stream);

        string file = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Equal(JsonReportWriter.ToText(ExampleReports.Classifier) + "\n", file);
        Assert.StartsWith("{\n", file);
        Assert.DoesNotContain('\r', file);
    }

    private static QuantizationReport Example(string name) =>
        name switch
        {
            nameof(ExampleReports.Classifier) => ExampleReports.Classifier,
            nameof(ExampleReports.Regressor) => ExampleReports.Regressor,
            nameof(ExampleReports.Comparison) => ExampleReports.Comparison,
            _ => ExampleReports.Unpleasant,
        };

    private static JsonDocument Parse(QuantizationReport report) => JsonDocument.Parse(JsonReportWriter.ToText(report));

    private static void AssertNames(JsonElement element, params string[] names) =>
        Assert.Equal(names.Order(), element.EnumerateObject().Select(property => property.Name).Order());
}
