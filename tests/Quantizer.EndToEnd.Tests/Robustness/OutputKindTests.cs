using System.Text.Json;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Graphs;

namespace Quantizer.EndToEnd.Tests.Robustness;

/// <summary>Outputs that two files cannot simply be compared by.</summary>
public sealed class OutputKindTests : IDisposable
{
    private const int Side = 8;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData(null)]
    // An exporter's name for that axis, which no input has.
    [InlineData("found")]
    public void A_list_whose_length_depends_on_the_data_is_left_out_with_a_note_and_the_rest_is_compared(string? length)
    {
        JsonElement report = Quantize(
            Convolutions()
                .Constant("limit", [], [0.2f])
                .Node("Greater", ["b", "limit"], ["large"])
                .Node("NonZero", ["large"], ["where"])
                .Output("b")
                .Output("where", ["rank", new Dimension(null, length)], ElementType.Int64)
                .Build()
        );

        Assert.Equal(["b"], Compared(report));
        Assert.Contains("length depends on the data", NoteOf(report, "where"));
    }

    [Theory]
    [InlineData("keep", "int8")]
    // The form is chosen, though no output tells which is better.
    [InlineData("store", "stored")]
    public void A_network_with_such_a_list_alone_is_quantized(string slowIntegers, string decision)
    {
        JsonElement report = Quantize(
            Convolutions()
                .Constant("limit", [], [0.2f])
                .Node("Greater", ["b", "limit"], ["large"])
                .Node("NonZero", ["large"], ["where"])
                .Output("where", ["rank", new Dimension(null)], ElementType.Int64)
                .Build(),
            "--slow-integers",
            slowIntegers
        );

        Assert.Empty(Compared(report));
        Assert.Contains(report.GetProperty("nodes").EnumerateArray(), node => node.GetProperty("decision").GetString() == decision);
        Assert.DoesNotContain(
            report.GetProperty("tried").EnumerateArray(),
            tried =>
                tried.GetProperty("choice").GetString() == "form"
                && tried.TryGetProperty("sqnrDb", out JsonElement ratio)
                && ratio.ValueKind != JsonValueKind.Null
        );
    }

    [Fact]
    public void A_sequence_of_tensors_is_compared()
    {
        JsonElement report = Quantize(
            Convolutions()
                .Constant("parts", [2], [4L, 12L])
                .Node("SplitToSequence", ["b", "parts"], ["list"], NodeAttribute.Of("axis", 1L))
                .Output("b")
                .Output("list", type: ElementType.Undefined)
                .Build()
        );

        Assert.Equal(["b", "list"], Compared(report));
        Assert.InRange(report.GetProperty("outputs")[1].GetProperty("sqnrDb").GetDouble(), 20, 200);
    }

    [Fact]
    public void Of_texts_the_share_that_is_equal_is_told()
    {
        NodeAttribute[] labels =
        [
            NodeAttribute.Of("keys_int64s", [0L]),
            new("values_strings", new AttributeValue.StringList(["first"u8.ToArray()])),
            new("default_string", new AttributeValue.String("another"u8.ToArray())),
        ];
        OnnxModel model = Convolutions()
            .Node("GlobalAveragePool", ["b"], ["scores"])
            .Node("ArgMax", ["scores"], ["class"], NodeAttribute.Of("axis", 1L))
            .Node(new Node("LabelEncoder", ["class"], ["label"]) { Domain = "ai.onnx.ml", Attributes = [.. labels] })
            .Output("b")
            .Output("label", type: ElementType.String)
            .Build();
        model.OperatorSets.Add(new OperatorSet("ai.onnx.ml", 2));

        JsonElement report = Quantize(model);

        Assert.Equal(["b", "label"], Compared(report));
        Assert.InRange(report.GetProperty("outputs")[1].GetProperty("equalPercent").GetDouble(), 50, 100);
    }

    [Theory]
    [InlineData(ElementType.UInt16)]
    [InlineData(ElementType.Int16)]
    [InlineData(ElementType.UInt32)]
    [InlineData(ElementType.UInt64)]
    [InlineData(ElementType.BFloat16)]
    public void Numbers_of_every_type_are_compared(ElementType type)
    {
        JsonElement report = Quantize(
            Convolutions()
                .Constant("hundred", [], [100f])
                .Node("Mul", ["b", "hundred"], ["large"])
                .Node("Cast", ["large"], ["cast"], NodeAttribute.Of("to", (long)type))
                .Output("b")
                .Output("cast", type: type)
                .Build()
        );

        Assert.Equal(["b", "cast"], Compared(report));
        Assert.All(
            report.GetProperty("outputs").EnumerateArray(),
            output => Assert.InRange(output.GetProperty("sqnrDb").GetDouble(), 20, 200)
        );
    }

    private static GraphBuilder Convolutions() =>
        new GraphBuilder().Input("x", [1, Layers.Channels, Side, Side]).Conv("a", "x").Conv("c", "a").Node("Relu", ["c"], ["b"]);

    private JsonElement Quantize(OnnxModel model, params string[] options)
    {
        string samples = _workspace.WriteRandom("inputs.npz", "x", [12, Layers.Channels, Side, Side]);
        return CommandLine.Run([_workspace.Write("model.onnx", model), "--calib", samples, "--json", .. options]).MustSucceed().Json();
    }

    private static IEnumerable<string?> Compared(JsonElement report) =>
        report.GetProperty("outputs").EnumerateArray().Select(output => output.GetProperty("name").GetString());

    private static string NoteOf(JsonElement report, string output) =>
        report
            .GetProperty("findings")
            .EnumerateArray()
            .Single(finding => finding.GetProperty("subject").GetString() == $"output '{output}'")
            .GetProperty("message")
            .GetString()!;
}
